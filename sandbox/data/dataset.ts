import type { FakturowniaStore, HubspotStore, WooStore } from './records.ts';
import type { Truth } from './truth-types.ts';

/** The sandbox's own "today", fixed so that the documentation's answers stay true. */
export const DEFAULT_AS_OF = new Date('2026-11-02T09:00:00Z');

export interface DatasetOptions {
  /** Default 1. */
  seed?: number;
  /** How many customers to make, about; default 1,000. */
  customers?: number;
  /** The day the data ends; every date is relative to it. */
  asOf: Date;
}

export interface Dataset {
  readonly asOf: Date;
  readonly hubspot: HubspotStore;
  readonly woo: WooStore;
  readonly fakturownia: FakturowniaStore;
  /** The ground truth, from what the generator knew while it made people. */
  truth(): Truth;
}

/** Makes one company's three systems, the same ones for the same options. */
export function createDataset(_options: DatasetOptions): Dataset {
  throw new Error('Not made yet');
}

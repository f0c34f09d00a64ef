import { createCast } from './cast.ts';
import { makeCatalogue } from './catalogue.ts';
import { makeCrmActivity } from './crm-activity.ts';
import { makeCustomers } from './customers.ts';
import { makeDepartments } from './document-plan.ts';
import { issueDocuments } from './documents.ts';
import { planDocuments } from './invoicing.ts';
import { planManualInvoices } from './manual-invoices.ts';
import { makeOrders } from './orders.ts';
import { makeOwners } from './owners.ts';
import { bookPayments } from './payments.ts';
import { createToPositions } from './positions.ts';
import { tallyOverdue } from './receivables.ts';
import type { FakturowniaStore, HubspotStore, WooStore } from './records.ts';
import { makeRetailPayer } from './retail.ts';
import { makeReturns } from './returns.ts';
import { tellTruth } from './truth.ts';
import type { Truth } from './truth-types.ts';
import { createWorld } from './world.ts';

/** The sandbox's own "today", fixed so that the documentation's answers stay true. */
export const DEFAULT_AS_OF = new Date('2026-11-02T09:00:00Z');

const DEFAULT_CUSTOMERS = 1_000;

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
export function createDataset({ seed = 1, customers = DEFAULT_CUSTOMERS, asOf }: DatasetOptions): Dataset {
  const world = createWorld({ seed, customers, asOf });
  const cast = createCast(world, makeOwners(world));
  makeDepartments(world.fakturownia);
  const catalogue = makeCatalogue(world);
  makeCustomers(cast);
  const sales = makeOrders(world, catalogue, cast.buyers);
  const toPositions = createToPositions(world, catalogue);
  const returns = makeReturns(world, sales);
  const documents = [
    ...planDocuments(world, sales, { toPositions, retail: makeRetailPayer(world), returns }),
    ...planManualInvoices(world, cast.billedByHand),
  ];
  issueDocuments(world, documents);
  bookPayments(world, documents);
  tallyOverdue(world, documents);
  makeCrmActivity(world, sales);
  const discrepancies = world.labels.settle();
  const { hubspot, woo, fakturownia } = world;
  return { asOf, hubspot, woo, fakturownia, truth: () => tellTruth(world, discrepancies) };
}

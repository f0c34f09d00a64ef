import type { SourceRef } from '../../model.ts';
import type { FullFakturowniaConfig } from './config.ts';
import { toInstant } from './values.ts';

export const VENDOR = 'fakturownia';

/** What mapping needs beside the payload. */
export interface MappingContext {
  config: FullFakturowniaConfig;
  /** When the vendor answered, ISO. */
  fetchedAt: string;
}

/** A person opens no record by its number alone, so there is no address to give. */
export function toSource(
  payload: { id: number; updated_at?: string | null | undefined },
  { config, fetchedAt }: MappingContext,
): SourceRef {
  return {
    system: 'ACCOUNTING',
    source: config.name,
    vendor: VENDOR,
    remoteId: String(payload.id),
    url: null,
    fetchedAt,
    sourceUpdatedAt: toInstant(payload.updated_at),
    stale: false,
  };
}

interface BuyerPayload {
  client_id?: number | null | undefined;
  buyer_name?: string | null | undefined;
  buyer_tax_no?: string | null | undefined;
}

/** Whether a document went to the client that stands for everybody. */
export function isRetailBuyer(payload: BuyerPayload, config: FullFakturowniaConfig): boolean {
  const isKnown = payload.client_id != null && config.retailClientIds.includes(String(payload.client_id));
  return isKnown || (!payload.buyer_tax_no && isRetailName(payload.buyer_name, config));
}

export function isRetailName(name: string | null | undefined, { retailNames }: FullFakturowniaConfig): boolean {
  const key = nameKey(name ?? '');
  return retailNames.some((retail) => nameKey(retail) === key);
}

function nameKey(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('pl');
}

import type { SourceRef } from '../../model.ts';
import type { FullMedusaConfig } from './config.ts';
import type { Metadata } from './payloads.ts';

export const VENDOR = 'medusa';

/** What a mapping needs beside the payload. */
export interface MappingContext {
  config: FullMedusaConfig;
  /** When the answer came, ISO. */
  fetchedAt: string;
}

/** `page`: the record's place in the administration, `orders` or `customers`. */
export function toSourceRef(
  { config, fetchedAt }: MappingContext,
  page: string,
  remoteId: string,
  updatedAt: string | null,
): SourceRef {
  return {
    system: 'SHOP',
    source: config.name,
    vendor: VENDOR,
    remoteId,
    url: `${config.url.replace(/\/+$/, '')}/app/${page}/${remoteId}`,
    fetchedAt,
    sourceUpdatedAt: updatedAt,
    stale: false,
  };
}

/** The first of the keys that is filled. */
export function metadataText(metadata: Metadata, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = metadata?.[key];
    if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) return String(value).trim();
  }
  return null;
}

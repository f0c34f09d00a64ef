import type { SourceRef } from '../../model.ts';
import type { FullWoocommerceConfig } from './config.ts';
import { fromGmtOrNull } from './dates.ts';

export const VENDOR = 'woocommerce';

/** What a mapping needs beside the payload. */
export interface MappingContext {
  config: FullWoocommerceConfig;
  /** When the answer came, ISO. */
  fetchedAt: string;
}

/** `page`: the part of the address of the record's page in the administration that stands before its id. */
export function toSourceRef(
  { config, fetchedAt }: MappingContext,
  page: string,
  remoteId: number,
  modifiedGmt: string | null | undefined,
): SourceRef {
  return {
    system: 'SHOP',
    source: config.name,
    vendor: VENDOR,
    remoteId: String(remoteId),
    url: `${config.url.replace(/\/+$/, '')}/wp-admin/${page}${remoteId}`,
    fetchedAt,
    sourceUpdatedAt: fromGmtOrNull(modifiedGmt),
    stale: false,
  };
}

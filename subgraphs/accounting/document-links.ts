import type { Sealer } from '../shared/seal.ts';
import type { DocumentFormat, Invoice } from './model.ts';

interface DocumentLink {
  format: DocumentFormat;
  url: string;
  expiresAt: string;
}

export interface DocumentLinks {
  of(invoice: Invoice): DocumentLink[];
}

interface DocumentLinkConfig {
  sealer: Sealer;
  /** Where the links lead: the address at which the routes of documents-http.ts are reached. */
  baseUrl: string;
  /** Default 10 minutes. */
  ttlMs?: number;
  /** Default real time: a link's end has nothing to do with the business clock. */
  now?: () => number;
}

const DEFAULT_TTL_MS = 10 * 60_000;

/** Links of ours: whoever holds one sees that document, for a while, and learns nothing else. */
export function createDocumentLinks(config: DocumentLinkConfig): DocumentLinks {
  const { sealer, baseUrl, ttlMs = DEFAULT_TTL_MS, now = Date.now } = config;
  return {
    of: ({ id, formats }) => {
      // Whole minutes, so that a link asked for again is the same link.
      const expiresAt = new Date(Math.ceil((now() + ttlMs) / 60_000) * 60_000).toISOString();
      return formats.map((format) => ({
        format,
        url: `${baseUrl.replace(/\/+$/, '')}/documents/${sealer.seal('document', [id, format, expiresAt])}`,
        expiresAt,
      }));
    },
  };
}

import { CodedError } from '../../common/errors.ts';
import { parseReference } from '../shared/reference.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { DocumentFormat } from './model.ts';
import type { AccountingSource } from './source.ts';

/** A document's bytes, or why there are none. */
type DocumentAnswer =
  | { state: 'found'; bytes: Buffer; format: DocumentFormat; fileName: string }
  /** The link is none of ours, or leads to nothing. */
  | { state: 'unknown' }
  | { state: 'expired' };

/** What stands behind the links of documents. */
export interface DocumentPort {
  read(sealed: string, context: CallContext): Promise<DocumentAnswer>;
}

interface DocumentPortDeps {
  sources: readonly AccountingSource[];
  sealer: Sealer;
  /** Default real time. */
  now?: () => number;
}

export function createDocumentPort({ sources, sealer, now = Date.now }: DocumentPortDeps): DocumentPort {
  return {
    read: async (sealed, context) => {
      const link = openLink(sealer, sealed);
      const source = sources.find(({ name }) => name === link?.source);
      if (!link || !source) return { state: 'unknown' };
      if (Date.parse(link.expiresAt) <= now()) return { state: 'expired' };
      const bytes = await source.document(link.invoiceId, link.format, context);
      if (!bytes) return { state: 'unknown' };
      const fileName = `${link.source}-${link.invoiceId}${link.format === 'UPO' ? '-upo' : ''}`;
      return { state: 'found', bytes, format: link.format, fileName };
    },
  };
}

interface Link {
  source: string;
  invoiceId: string;
  format: DocumentFormat;
  expiresAt: string;
}

function openLink(sealer: Sealer, sealed: string): Link | null {
  try {
    const [id = '', format = '', expiresAt = ''] = sealer.open('document', sealed);
    const reference = parseReference(id);
    if (reference?.type !== 'invoice' || !isFormat(format)) return null;
    return { source: reference.source, invoiceId: reference.remoteId, format, expiresAt };
  } catch (error) {
    if (error instanceof CodedError && error.code === 'BAD_USER_INPUT') return null;
    throw error;
  }
}

function isFormat(text: string): text is DocumentFormat {
  return text === 'PDF' || text === 'XML' || text === 'UPO';
}

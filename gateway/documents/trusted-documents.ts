import { CodedError } from '../../common/errors.ts';
import type { Caller } from '../tokens/caller.ts';
import { hashOf, type SentDocument } from './sent-document.ts';

/** Documents that a frontend registered when it was built. */
export interface TrustedDocuments {
  /**
   * The text to run. Throws PERSISTED_QUERY_NOT_FOUND for an unknown id, DOCUMENT_NOT_TRUSTED when the caller may only
   * send what is registered. Nothing is registered by asking: whoever could do that could make anything trusted.
   */
  textOf(sent: SentDocument, caller: Pick<Caller, 'documents'>): Promise<string>;
}

export interface TrustedDocumentsOptions {
  /** By hash; null when it is not registered. */
  find(hash: string): Promise<string | null>;
  /** What callers may send for whom nothing else is configured. */
  fallback: 'any' | 'trusted';
}

export function createTrustedDocuments({ find, fallback }: TrustedDocumentsOptions): TrustedDocuments {
  return {
    async textOf({ query, hash }, caller) {
      if (query === null) {
        const known = await find(hash);
        if (known !== null) return known;
        // Apollo's clients look for this message too.
        throw new CodedError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
      }
      if (hash !== null && hash !== hashOf(query)) {
        throw new CodedError('BAD_REQUEST', 'The document and its hash do not fit');
      }
      const isRestricted = (caller.documents ?? fallback) === 'trusted';
      if (isRestricted && (await find(hashOf(query))) === null) {
        throw new CodedError('DOCUMENT_NOT_TRUSTED', 'This client may only send documents that are registered');
      }
      return query;
    },
  };
}

/** For a gateway at which none are registered. */
export const NO_DOCUMENTS: TrustedDocuments = createTrustedDocuments({ find: async () => null, fallback: 'any' });

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';

/** What a request says of its document: the text, the hash by which it is registered, or both. */
export type SentDocument = { query: string; hash: string | null } | { query: null; hash: string };

const HASH = /^[0-9a-f]{64}$/;

const extensionsSchema = z
  .looseObject({ persistedQuery: z.looseObject({ sha256Hash: z.string() }).nullish() })
  .nullish();

/**
 * Takes `documentId: "sha256:…"` (https://github.com/graphql/graphql-over-http, appendix on persisted documents), with
 * or without the name of the hash, and `extensions.persistedQuery.sha256Hash`, as Apollo's clients send it.
 */
export function toSentDocument(params: {
  query?: string | null;
  documentId?: string | null;
  extensions?: unknown;
}): SentDocument {
  const query = params.query ?? null;
  const id =
    params.documentId ?? extensionsSchema.safeParse(params.extensions).data?.persistedQuery?.sha256Hash ?? null;
  const hash = id === null ? null : id.replace(/^sha256:/, '').toLowerCase();
  if (hash !== null && !HASH.test(hash)) {
    throw new CodedError(
      'BAD_REQUEST',
      "Not a GraphQL request: expected the document's SHA-256 in 64 hexadecimal digits",
    );
  }
  if (query !== null) return { query, hash };
  if (hash !== null) return { query, hash };
  throw new CodedError('BAD_REQUEST', 'Not a GraphQL request: query: expected a string');
}

/** The name of a document: its text's SHA-256, in hexadecimal. */
export function hashOf(query: string): string {
  return createHash('sha256').update(query).digest('hex');
}

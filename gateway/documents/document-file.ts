import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';
import { editStateFile } from '../clients/state-file.ts';
import { createWatchedFile, type WatchedFileOptions } from '../clients/watched-file.ts';
import { hashOf } from './sent-document.ts';

const fileSchema = z.strictObject({ version: z.literal(1), documents: z.record(z.string(), z.string()) });

/** Registered documents by hash. */
export type Documents = ReadonlyMap<string, string>;

/** Throws for a file in which a text is not the one of its hash: it was not written by us. */
export function parseDocumentFile(path: string, text: string | null): Documents {
  if (text === null) return new Map();
  const parsed = fileSchema.safeParse(readJson(text));
  if (!parsed.success) throw new Error(`${path} is no file of documents: ${z.prettifyError(parsed.error)}`);
  const documents = new Map(Object.entries(parsed.data.documents));
  for (const [hash, query] of documents) {
    if (hash !== hashOf(query)) throw new Error(`${path}: the text of ${hash} is not the one of this hash`);
  }
  return documents;
}

/** Follows the file; no file is no documents. */
export function createDocumentFile(options: Omit<WatchedFileOptions<Documents>, 'parse'>) {
  const current = createWatchedFile({ ...options, parse: (text) => parseDocumentFile(options.path, text) });
  return async (hash: string): Promise<string | null> => {
    const documents = await current().catch((cause: unknown) => {
      throw new CodedError('INTERNAL_SERVER_ERROR', 'The registered documents cannot be read', { cause });
    });
    return documents.get(hash) ?? null;
  };
}

/** Changes the file while no other process does; answers what it held before. */
export function editDocuments(path: string, edit: (documents: Documents) => Documents): Promise<Documents> {
  return editStateFile(path, (text) => {
    const before = parseDocumentFile(path, text);
    const sorted = [...edit(before)].sort(([one], [other]) => (one < other ? -1 : 1));
    const file = { version: 1, documents: Object.fromEntries(sorted) };
    return { text: `${JSON.stringify(file, null, 2)}\n`, result: before };
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

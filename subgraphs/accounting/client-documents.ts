import { CodedError } from '../../common/errors.ts';
import { type Age, noteAge } from '../shared/noted-age.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { Invoice } from './model.ts';
import type { AccountingSource, DocumentChunk } from './source.ts';

/** What of one client's documents has been read: the newest, or all. */
interface KnownDocuments {
  invoices: readonly Invoice[];
  isWhole: boolean;
}

/** One client's documents, read as far as somebody needs them and never twice. */
export interface ClientDocuments {
  /** Reads on, the newest first, until there is enough. */
  until(isEnough: (known: readonly Invoice[]) => boolean): Promise<KnownDocuments>;
  all(): Promise<readonly Invoice[]>;
  /** Of what was read so far. */
  age(): Age | null;
}

/** More documents than any one buyer has: the client that stands for everybody would have them. */
const MAX_CHUNKS = 200;
/** Chunks read at once when a client has proved to have many. */
const AT_ONCE = 3;

export function createClientDocuments(
  source: AccountingSource,
  clientId: string,
  context: CallContext,
): ClientDocuments {
  const noted = noteAge(context);
  const reads: Promise<DocumentChunk>[] = [];
  const read = (index: number): Promise<DocumentChunk> => {
    reads[index] ??= source.clientDocuments(clientId, index, noted.context);
    return reads[index];
  };

  async function until(isEnough: (known: readonly Invoice[]) => boolean): Promise<KnownDocuments> {
    const known = new Map<string, Invoice>();
    for (let next = 0; next < MAX_CHUNKS; ) {
      const count = next < AT_ONCE ? 1 : AT_ONCE;
      const chunks = await Promise.all(Array.from({ length: count }, (_, offset) => read(next + offset)));
      next += count;
      // A document that was issued meanwhile pushes others on: they come twice.
      for (const invoice of chunks.flatMap(({ invoices }) => invoices)) known.set(invoice.id, invoice);
      const invoices = [...known.values()];
      const isWhole = chunks.some(({ isLast }) => isLast);
      if (isWhole || isEnough(invoices)) return { invoices, isWhole };
    }
    throw new CodedError('OPERATION_TOO_LARGE', `A client has more documents than are read (${MAX_CHUNKS} pages)`);
  }

  return {
    until,
    age: noted.age,
    all: async () => (await until(() => false)).invoices,
  };
}

import DataLoader from 'dataloader';
import { CodedError } from '../../common/errors.ts';
import { pageOfMerged } from '../shared/connection.ts';
import type {
  Identifier,
  IdentifierKind,
  OrderNumbersAnswer,
  PartyAnswer,
  PartyListAnswer,
  PartyListQuery,
  PartyPort,
} from '../shared/party.ts';
import { formatReference, parseReference } from '../shared/reference.ts';
import { createSearchGate } from '../shared/search-gate.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { Client, Invoice, Payment } from './model.ts';
import type { AccountingSource } from './source.ts';
import { toParty } from './to-party.ts';

/** What identity asks of the accounting systems. One that fails is named, the others' parties stand. */
export function createPartyPort(sources: readonly AccountingSource[]): PartyPort {
  return {
    parties: async ({ identifiers }, context) => {
      const answers = await Promise.all(sources.map((source) => findInSource(source, identifiers, context)));
      return mergeAnswers(identifiers, answers);
    },
    list: (query, context) => listClients(sources, query, context),
    orderNumbers: async ({ references }, context) => {
      const answers = await Promise.all(sources.map((source) => orderNumbersIn(source, references, context)));
      return {
        numbers: references.map((_, index) => answers.flatMap(({ numbers }) => numbers[index] ?? [])),
        unavailable: answers.flatMap(({ unavailable }) => unavailable),
      };
    },
  };
}

/** Of the newest documents, which a customer's invoices begin with: whoever reads these next has them in the cache. */
async function orderNumbersIn(
  source: AccountingSource,
  references: readonly string[],
  context: CallContext,
): Promise<OrderNumbersAnswer> {
  const unavailable = createFailures(source.name);
  const numbers = await Promise.all(
    references.map(async (value) => {
      const reference = parseReference(value);
      if (reference?.source !== source.name || reference.type !== 'client') return [];
      const read = async () => (await source.clientDocuments(reference.remoteId, 0, context)).invoices;
      const invoices = await unavailable.catch({ kind: 'REFERENCE', value }, context, read);
      return [...new Set(invoices.flatMap(({ orderNumbers }) => orderNumbers))];
    }),
  );
  return { numbers, unavailable: unavailable.list() };
}

/** Identifiers are asked for on their own: one call that fails leaves the others standing. */
function createFailures(source: string) {
  const byCode = new Map<string, { message: string; identifiers: Identifier[] }>();
  return {
    /** Nothing found, and noted why. */
    catch: async <T>(
      identifier: Identifier,
      { signal }: CallContext,
      find: () => Promise<readonly T[]>,
    ): Promise<T[]> => {
      try {
        return [...(await find())];
      } catch (error) {
        if (!(error instanceof CodedError) || signal.aborted) throw error;
        const { message, identifiers } = byCode.get(error.code) ?? { message: error.message, identifiers: [] };
        byCode.set(error.code, { message, identifiers: [...identifiers, identifier] });
        return [];
      }
    },
    list: (): PartyAnswer['unavailable'] => [...byCode].map(([code, failure]) => ({ source, code, ...failure })),
  };
}

/** The most that a page of a source holds. */
const MAX_PAGE = 100;

async function listClients(
  sources: readonly AccountingSource[],
  { search, first, after }: PartyListQuery,
  context: CallContext,
): Promise<PartyListAnswer> {
  const page = await pageOfMerged<Client>({
    kind: 'accounting clients',
    first: Math.min(first, MAX_PAGE),
    after,
    sources: sources.map((source) => ({
      name: source.name,
      read: (part) => source.listClients({ search: search || null, ...part }, context),
    })),
    // One system after the other: clients have no order that systems share.
    compare: () => 0,
  });
  const { endCursor, hasNextPage } = page.pageInfo;
  return { parties: page.nodes.map(toParty), endCursor: endCursor ?? after, hasNextPage };
}

interface SourceAnswer {
  /** For each identifier the clients found. */
  found: Client[][];
  unavailable: PartyAnswer['unavailable'];
  unsupported: PartyAnswer['unsupported'];
}

type Find = (value: string) => Promise<readonly Client[]>;

async function findInSource(
  source: AccountingSource,
  identifiers: readonly Identifier[],
  context: CallContext,
): Promise<SourceAnswer> {
  const finder = createFinder(source, context);
  const unavailable = createFailures(source.name);
  const unsupported: PartyAnswer['unsupported'] = [];
  const found = await Promise.all(
    identifiers.map(async (identifier): Promise<Client[]> => {
      const find = finder[identifier.kind];
      if (!find) {
        unsupported.push({ identifier, source: source.name });
        return [];
      }
      return unavailable.catch(identifier, context, () => find(identifier.value));
    }),
  );
  return { found, unavailable: unavailable.list(), unsupported };
}

/** Clients can't be searched by telephone, so PHONE is not here. */
function createFinder(source: AccountingSource, context: CallContext): Partial<Record<IdentifierKind, Find>> {
  // A client that a search brings along need not be read by its id.
  const gate = createSearchGate();
  const clients = new DataLoader<string, Client | null>((ids) => source.clientsByIds(ids, context), {
    batchScheduleFn: gate.afterSearches,
  });
  const invoices = new DataLoader<string, Invoice | null>((ids) => source.invoicesByIds(ids, context));
  const payments = new DataLoader<string, Payment | null>((ids) => source.paymentsByIds(ids, context));
  const byEmail = new DataLoader<string, Client[]>((emails) => gate.during(source.clientsByEmails(emails, context)));
  const byTaxId = new DataLoader<string, Client[]>((taxIds) => gate.during(source.clientsByTaxIds(taxIds, context)));
  const byExternalId = new DataLoader<string, Client[]>((references) =>
    gate.during(source.clientsByExternalReferences(references, context)),
  );
  const clientOf = async (id: string | null) =>
    [id === null ? null : await clients.load(id)].filter((one) => one !== null);
  const ofInvoice = async (id: string) => clientOf((await invoices.load(id))?.clientId ?? null);
  /** Whose documents a payment pays is who paid it, where it does not say so itself. */
  const ofPayment = async (id: string) => {
    const payment = await payments.load(id);
    if (payment?.clientId) return clientOf(payment.clientId);
    const [first] = (payment?.invoiceIds ?? []).map(parseReference);
    return first ? ofInvoice(first.remoteId) : [];
  };
  const byReference = new Map<string, Find>([
    ['client', clientOf],
    ['invoice', ofInvoice],
    ['payment', ofPayment],
  ]);
  return {
    REFERENCE: async (value) => {
      const reference = parseReference(value);
      if (reference?.source !== source.name) return [];
      return (await byReference.get(reference.type)?.(reference.remoteId)) ?? [];
    },
    EMAIL: (value) => byEmail.load(value),
    TAX_ID: (value) => byTaxId.load(value),
    EXTERNAL_ID: (value) => byExternalId.load(value),
  };
}

function mergeAnswers(identifiers: readonly Identifier[], answers: readonly SourceAnswer[]): PartyAnswer {
  const clients = answers.flatMap(({ found }) => found.flat());
  const parties = new Map(clients.map((client) => [referenceOf(client), client]));
  return {
    parties: [...parties.values()].map(toParty),
    found: identifiers.map((_, index) => [
      ...new Set(answers.flatMap(({ found }) => (found[index] ?? []).map(referenceOf))),
    ]),
    unavailable: answers.flatMap(({ unavailable }) => unavailable),
    unsupported: answers.flatMap(({ unsupported }) => unsupported),
  };
}

function referenceOf({ source, id }: Client): string {
  return formatReference(source.source, 'client', id);
}

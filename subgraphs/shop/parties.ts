import { CodedError } from '../../common/errors.ts';
import { pageOfMerged } from '../shared/connection.ts';
import type { Identifier, Party, PartyAnswer, PartyListAnswer, PartyListQuery, PartyPort } from '../shared/party.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { ShopCustomer } from './model.ts';
import { createPartyFinder } from './party-finder.ts';
import type { ShopSource } from './source.ts';
import { toCustomerParty } from './to-party.ts';

export interface PartyPortDeps {
  sources: readonly ShopSource[];
  sealer: Sealer;
}

/** What identity asks of the shops. Sources answer on their own: one that fails is named, the others' parties stand. */
export function createPartyPort({ sources, sealer }: PartyPortDeps): PartyPort {
  return {
    parties: async ({ identifiers }, context) => {
      const answers = await Promise.all(sources.map((source) => findInSource(source, sealer, identifiers, context)));
      return mergeAnswers(identifiers, answers);
    },
    list: (query, context) => listCustomers(sources, query, context),
  };
}

/** The most that a page of a shop holds. */
const MAX_PAGE = 100;

async function listCustomers(
  sources: readonly ShopSource[],
  { search, first, after }: PartyListQuery,
  context: CallContext,
): Promise<PartyListAnswer> {
  const page = await pageOfMerged<ShopCustomer>({
    kind: 'shop customers',
    first: Math.min(first, MAX_PAGE),
    after,
    sources: sources.map((source) => ({
      name: source.name,
      read: (part) => source.listCustomers({ search: search || null, ...part }, context),
    })),
    compare: (left, right) => ((left.createdAt ?? '') < (right.createdAt ?? '') ? -1 : 1),
  });
  const { endCursor, hasNextPage } = page.pageInfo;
  return { parties: page.nodes.map(toCustomerParty), endCursor: endCursor ?? after, hasNextPage };
}

interface SourceAnswer {
  /** For each identifier the parties found. */
  found: Party[][];
  unavailable: PartyAnswer['unavailable'];
  unsupported: PartyAnswer['unsupported'];
}

/** Identifiers are asked for on their own as well: one search that can't be completed leaves the others standing. */
async function findInSource(
  source: ShopSource,
  sealer: Sealer,
  identifiers: readonly Identifier[],
  context: CallContext,
): Promise<SourceAnswer> {
  const finder = createPartyFinder(source, sealer, context);
  const unavailable = new Map<string, PartyAnswer['unavailable'][number]>();
  const unsupported: PartyAnswer['unsupported'] = [];
  const found = await Promise.all(
    identifiers.map(async (identifier) => {
      const find = finder[identifier.kind];
      if (!find) {
        unsupported.push({ identifier, source: source.name });
        return [];
      }
      try {
        return await find(identifier.value);
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        const others = unavailable.get(error.code)?.identifiers ?? [];
        const { code, message } = error;
        unavailable.set(code, { source: source.name, code, message, identifiers: [...others, identifier] });
        return [];
      }
    }),
  );
  return { found, unavailable: [...unavailable.values()], unsupported };
}

function mergeAnswers(identifiers: readonly Identifier[], answers: readonly SourceAnswer[]): PartyAnswer {
  const parties = new Map(answers.flatMap(({ found }) => found.flat()).map((party) => [party.reference, party]));
  return {
    parties: [...parties.values()],
    found: identifiers.map((_, index) => [
      ...new Set(answers.flatMap(({ found }) => (found[index] ?? []).map(({ reference }) => reference))),
    ]),
    unavailable: answers.flatMap(({ unavailable }) => unavailable),
    unsupported: answers.flatMap(({ unsupported }) => unsupported),
  };
}

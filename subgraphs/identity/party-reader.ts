import DataLoader from 'dataloader';
import { CodedError, type ErrorCode } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { Identifier, Party, UnavailableParties } from '../shared/party.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import {
  type Ask,
  type Directory,
  DOMAINS,
  type Domain,
  domainOf,
  type PartyPorts,
  type Unavailable,
} from './domains.ts';
import { keyOf } from './identifiers.ts';
import { createPatience, type Patience } from './patience.ts';

/** What one domain answered to one question. */
export interface Answer {
  /** References of the records found; to ORDERS_OF, the orders' numbers. */
  found: readonly string[];
  failures: readonly Unavailable[];
}

/** All records seen in one request, and what was asked to see them. */
export interface PartyReader {
  party(reference: string): Party | undefined;
  /** Undefined for what was not asked. */
  answer(ask: Ask): Answer | undefined;
  /** Asks what was not asked before, with one call a domain. */
  ask(asks: readonly Ask[]): Promise<void>;
  /** Takes records that came another way. */
  keep(parties: readonly Party[]): void;
}

export interface PatientReader extends PartyReader {
  /** Of the same records; a domain that takes too long or needs repeats has failed. For customers who are known already. */
  hasty: PartyReader;
}

export interface PartyReaderDeps {
  ports: PartyPorts;
  directory: Directory;
  /** Default: its own. */
  patience?: Patience;
  log?: Logger;
}

/** Questions in one call at most: so many fit into the body that a domain accepts. */
const MAX_BATCH = 2000;

export function createPartyReader(deps: PartyReaderDeps, call: CallContext): PatientReader {
  const { ports, directory, patience = createPatience(), log } = deps;
  const parties = new Map<string, Party>();

  const keep = (found: readonly Party[]) => {
    for (const party of found) {
      // The first one seen: within a request a record does not change.
      if (!parties.has(party.reference)) parties.set(party.reference, party);
      directory.learn(party.reference, domainOf(party));
    }
  };

  const findParties = async (domain: Domain, identifiers: readonly Identifier[]): Promise<Answer[]> => {
    const { parties: seen, found, unavailable, strained = [] } = await ports[domain].parties({ identifiers }, call);
    patience.heard(domain, strained);
    keep(seen);
    return identifiers.map((identifier, index) => ({
      found: found[index] ?? [],
      failures: failuresOf(identifier, unavailable),
    }));
  };

  const findOrders = async (domain: Domain, references: readonly string[]): Promise<Answer[]> => {
    const answer = await ports[domain].orderNumbers?.({ references }, call);
    return references.map((value, index) => ({
      found: answer?.numbers[index] ?? [],
      failures: failuresOf({ kind: 'REFERENCE', value }, answer?.unavailable ?? []),
    }));
  };

  /** A domain that is down makes an answer incomplete, not failed; the caller sees which and why. */
  const failSoftly =
    <K>(domain: Domain, find: (domain: Domain, keys: readonly K[]) => Promise<Answer[]>) =>
    async (keys: readonly K[]): Promise<Answer[]> => {
      try {
        return await find(domain, keys);
      } catch (error) {
        if (call.signal.aborted) throw error;
        if (!(error instanceof CodedError))
          log?.error({ err: error, domain, requestId: call.requestId }, 'a domain failed to answer identity');
        const code = error instanceof CodedError ? error.code : 'SUBGRAPH_UNAVAILABLE';
        return keys.map(() => ({ found: [], failures: [{ source: domain, code }] }));
      }
    };

  const toLoaders = (domain: Domain) => {
    const options = { cacheKeyFn: keyOf, maxBatchSize: MAX_BATCH };
    return {
      parties: new DataLoader<Identifier, Answer, string>(failSoftly(domain, findParties), options),
      orders: new DataLoader<string, Answer>(failSoftly(domain, findOrders), { maxBatchSize: MAX_BATCH }),
    };
  };
  const loaders = new Map(DOMAINS.map((domain) => [domain, toLoaders(domain)]));
  const load = ({ domain, identifier }: Ask): Promise<Answer> => {
    const { parties: byIdentifier, orders } = loaders.get(domain)!;
    const { kind, value } = identifier;
    return kind === 'ORDERS_OF' ? orders.load(value) : byIdentifier.load({ kind, value });
  };

  const loadAll = (asks: readonly Ask[]) => Promise.all(asks.map(load));

  const loadHastily = async (domain: Domain, asks: readonly Ask[]): Promise<Answer[]> => {
    const inTime = await patience.wait(domain, () => loadAll(asks));
    if (inTime) return inTime;
    const strained = patience.strained(domain);
    const failures = strained.length > 0 ? strained : [{ source: directory.nameOf(domain), code: TOO_LATE }];
    return asks.map(() => ({ found: [], failures }));
  };

  const readWith = (answersOf: (domain: Domain, asks: readonly Ask[]) => Promise<Answer[]>): PartyReader => {
    const answers = new Map<string, Answer>();
    return {
      party: (reference) => parties.get(reference),
      answer: (ask) => answers.get(askKey(ask)),
      keep,
      ask: async (asks) => {
        const open = Map.groupBy(
          asks.filter((ask) => !answers.has(askKey(ask))),
          ({ domain }) => domain,
        );
        const askDomain = async ([domain, own]: [Domain, Ask[]]) => {
          const found = await answersOf(domain, own);
          for (const [index, ask] of own.entries()) answers.set(askKey(ask), found[index]!);
        };
        await Promise.all([...open].map(askDomain));
      },
    };
  };
  return { ...readWith((_domain, asks) => loadAll(asks)), hasty: readWith(loadHastily) };
}

const TOO_LATE: ErrorCode = 'UPSTREAM_TIMEOUT';

function failuresOf(identifier: Identifier, unavailable: readonly UnavailableParties[]): Unavailable[] {
  const concerned = unavailable.filter(
    ({ identifiers }) => !identifiers || identifiers.some((one) => keyOf(one) === keyOf(identifier)),
  );
  return concerned.map(({ source, code }) => ({ source, code }));
}

function askKey({ domain, identifier }: Ask): string {
  return `${domain} ${keyOf(identifier)}`;
}

import DataLoader from 'dataloader';
import { CodedError } from '../../common/errors.ts';
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

/** What one domain answered to one question. */
interface Answer {
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

export interface PartyReaderDeps {
  ports: PartyPorts;
  directory: Directory;
  log?: Logger;
}

/** Questions in one call at most: so many fit into the body that a domain accepts. */
const MAX_BATCH = 2000;

export function createPartyReader({ ports, directory, log }: PartyReaderDeps, call: CallContext): PartyReader {
  const parties = new Map<string, Party>();
  const answers = new Map<string, Answer>();

  const keep = (found: readonly Party[]) => {
    for (const party of found) {
      // The first one seen: within a request a record does not change.
      if (!parties.has(party.reference)) parties.set(party.reference, party);
      directory.learn(party.reference, domainOf(party));
    }
  };

  const findParties = async (domain: Domain, identifiers: readonly Identifier[]): Promise<Answer[]> => {
    const { parties: seen, found, unavailable } = await ports[domain].parties({ identifiers }, call);
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

  return {
    party: (reference) => parties.get(reference),
    answer: (ask) => answers.get(askKey(ask)),
    keep,
    ask: async (asks) => {
      const open = asks.filter((ask) => !answers.has(askKey(ask)));
      await Promise.all(open.map(async (ask) => answers.set(askKey(ask), await load(ask))));
    },
  };
}

function failuresOf(identifier: Identifier, unavailable: readonly UnavailableParties[]): Unavailable[] {
  const concerned = unavailable.filter(
    ({ identifiers }) => !identifiers || identifiers.some((one) => keyOf(one) === keyOf(identifier)),
  );
  return concerned.map(({ source, code }) => ({ source, code }));
}

function askKey({ domain, identifier }: Ask): string {
  return `${domain} ${keyOf(identifier)}`;
}

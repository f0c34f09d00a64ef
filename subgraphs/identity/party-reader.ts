import DataLoader from 'dataloader';
import { CodedError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import type { Identifier, Party, PartyAnswer } from '../shared/party.ts';
import type { CallContext } from '../shared/upstream-client.ts';
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

/** What one domain answered to one identifier. */
export interface Answer {
  /** References of the records found. */
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

/** Identifiers in one call at most: so many fit into the body that a domain accepts. */
const MAX_BATCH = 2000;

export function createPartyReader(deps: PartyReaderDeps, call: CallContext): PartyReader {
  const { ports, directory, log } = deps;
  const parties = new Map<string, Party>();
  const answers = new Map<string, Answer>();

  const keep = (found: readonly Party[]) => {
    for (const party of found) {
      // The first one seen: within a request a record does not change.
      if (!parties.has(party.reference)) parties.set(party.reference, party);
      directory.learn(party.reference, domainOf(party));
    }
  };

  const askDomain = async (domain: Domain, identifiers: readonly Identifier[]): Promise<Answer[]> => {
    try {
      const answer = await ports[domain].parties({ identifiers }, call);
      keep(answer.parties);
      return identifiers.map((identifier, index) => ({
        found: answer.found[index] ?? [],
        failures: failuresOf(identifier, answer),
      }));
    } catch (error) {
      if (call.signal.aborted) throw error;
      // A domain that is down makes an answer incomplete, not failed; the caller sees which and why.
      const code = error instanceof CodedError ? error.code : 'SUBGRAPH_UNAVAILABLE';
      if (!(error instanceof CodedError)) log?.error({ err: error, domain }, 'a domain failed to answer for parties');
      return identifiers.map(() => ({ found: [], failures: [{ source: domain, code }] }));
    }
  };

  const loaderOf = (domain: Domain) =>
    new DataLoader<Identifier, Answer, string>((identifiers) => askDomain(domain, identifiers), {
      cacheKeyFn: keyOf,
      maxBatchSize: MAX_BATCH,
    });
  const loaders = new Map(DOMAINS.map((domain) => [domain, loaderOf(domain)]));

  return {
    party: (reference) => parties.get(reference),
    answer: (ask) => answers.get(askKey(ask)),
    keep,
    ask: async (asks) => {
      const load = async (ask: Ask) => {
        answers.set(askKey(ask), await loaders.get(ask.domain)!.load(ask.identifier));
      };
      await Promise.all(asks.filter((ask) => !answers.has(askKey(ask))).map(load));
    },
  };
}

function failuresOf(identifier: Identifier, { unavailable }: PartyAnswer): Unavailable[] {
  const concerned = unavailable.filter(
    ({ identifiers }) => !identifiers || identifiers.some((one) => keyOf(one) === keyOf(identifier)),
  );
  return concerned.map(({ source, code }) => ({ source, code }));
}

function askKey({ domain, identifier }: Ask): string {
  return `${domain} ${keyOf(identifier)}`;
}

import type { Identifier, Party, PartyPort } from '../shared/party.ts';
import { parseReference } from '../shared/reference.ts';

export const DOMAINS = ['crm', 'accounting', 'shop'] as const;
export type Domain = (typeof DOMAINS)[number];

/** The three domains, asked for parties. */
export type PartyPorts = Readonly<Record<Domain, PartyPort>>;

/** A source that could not be asked. */
export interface Unavailable {
  source: string;
  /** The error's code. */
  code: string;
}

/** What no call answers, as a search that finds too much, will not be told later either: it leaves nothing open. */
const NO_OUTAGES: ReadonlySet<string> = new Set(['FILTER_NOT_SUPPORTED', 'OPERATION_TOO_LARGE']);

export function isOutage({ code }: Unavailable): boolean {
  return !NO_OUTAGES.has(code);
}

/** One question to one domain: who has this, or which orders this client's documents name. */
export interface Ask {
  domain: Domain;
  identifier: Identifier | { kind: 'ORDERS_OF'; value: string };
}

/** Which domain keeps which source: learnt from their answers, since nobody has to configure identity with them. */
export interface Directory {
  /** All domains for a source that none has answered with so far. */
  domainsOf(reference: string): readonly Domain[];
  learn(reference: string, domain: Domain): void;
  /** What to call a domain that does not answer: its source, where it has one alone. */
  nameOf(domain: Domain): string;
}

export function createDirectory(): Directory {
  const domains = new Map<string, Domain>();
  return {
    domainsOf: (reference) => {
      const domain = domains.get(parseReference(reference)?.source ?? '');
      return domain ? [domain] : DOMAINS;
    },
    learn: (reference, domain) => {
      const source = parseReference(reference)?.source;
      if (source) domains.set(source, domain);
    },
    nameOf: (domain) => {
      const [source, ...others] = [...domains].filter(([, one]) => one === domain).map(([name]) => name);
      return source !== undefined && others.length === 0 ? source : domain;
    },
  };
}

/**
 * Who can look up what. Shops filter by no tax id and point at no other system's records; accounting has no look-up by
 * telephone. Shops are asked for telephones only where a look-up starts with one or nothing else finds anybody (asks.ts).
 */
export const EXPLORED: Readonly<Record<Exclude<Identifier['kind'], 'REFERENCE'>, readonly Domain[]>> = {
  EMAIL: ['crm', 'accounting', 'shop'],
  PHONE: ['crm'],
  TAX_ID: ['crm', 'accounting'],
  EXTERNAL_ID: ['crm', 'accounting'],
  ORDER_NUMBER: ['shop'],
  COMPANY_NAME: ['shop'],
};

export const STARTED: Readonly<Record<'EMAIL' | 'PHONE' | 'TAX_ID', readonly Domain[]>> = {
  EMAIL: EXPLORED.EMAIL,
  PHONE: ['crm', 'shop'],
  TAX_ID: EXPLORED.TAX_ID,
};

export function domainOf({ system }: Party): Domain {
  return ({ CRM: 'crm', ACCOUNTING: 'accounting', SHOP: 'shop' } as const)[system];
}

import { CodedError } from '../../common/errors.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { createDirectory, DOMAINS, type Domain, type PartyPorts } from '../../subgraphs/identity/domains.ts';
import { createIdentities, type Identities, type IdentityDeps } from '../../subgraphs/identity/identities.ts';
import { NO_OPERATOR_LINKS, type OperatorLinks } from '../../subgraphs/identity/links-file.ts';
import { createMemory } from '../../subgraphs/identity/memory.ts';
import type { IdentifiedCustomer } from '../../subgraphs/identity/model.ts';
import { createIdentitySubgraph, type IdentitySubgraphDeps } from '../../subgraphs/identity/subgraph.ts';
import { parseTaxId, taxIdKey } from '../../subgraphs/shared/normalise.ts';
import type { Identifier, Party, PartyPort } from '../../subgraphs/shared/party.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';

export const sealer = createSealer([{ id: 'k1', secret: Buffer.alloc(32, 7) }]);

/** What a test says of a record; the rest follows from its type. */
export interface RecordFacts {
  firstName?: string;
  lastName?: string;
  legalName?: string;
  kind?: Party['kind'];
  emails?: string[];
  /** Of those, what the source finds the record by; default: all. */
  findableEmails?: string[];
  phones?: string[];
  /** Whether a search by these telephones finds it; default: in the CRM. */
  isFoundByPhone?: boolean;
  nip?: string;
  unit?: string;
  unitKnown?: boolean;
  externalReferences?: string[];
  associations?: string[];
  mentions?: Identifier[];
  aliases?: string[];
  ownerReference?: string;
  isRetail?: boolean;
  createdAt?: string;
  /** By which a shop finds it among its orders. */
  companyName?: string | undefined;
  orderNumbers?: string[] | undefined;
}

const SOURCES = {
  COMPANY: { source: 'hubspot', type: 'company', system: 'CRM', domain: 'crm' },
  CONTACT: { source: 'hubspot', type: 'contact', system: 'CRM', domain: 'crm' },
  CLIENT: { source: 'fakturownia', type: 'client', system: 'ACCOUNTING', domain: 'accounting' },
  CUSTOMER: { source: 'woo', type: 'customer', system: 'SHOP', domain: 'shop' },
  GUEST: { source: 'woo', type: 'guest', system: 'SHOP', domain: 'shop' },
} as const;

/** A record that its system finds by what that system's vendor can look up. */
export function party(recordType: Party['recordType'], id: number, facts: RecordFacts = {}): Party {
  const { source, type, system } = SOURCES[recordType];
  const reference = `${source}:${type}:${id}`;
  const { emails = [], phones = [], externalReferences = [], aliases = [] } = facts;
  const taxId = parseTaxId(facts.nip);
  const taxKey = taxId && taxIdKey(taxId);
  const canFindTaxId = recordType === 'COMPANY' || recordType === 'CLIENT';
  return {
    reference,
    source,
    vendor: 'test',
    system,
    recordType,
    kind: facts.kind ?? (recordType === 'COMPANY' || facts.nip ? 'COMPANY' : 'PERSON'),
    displayName: facts.legalName ?? ([facts.firstName, facts.lastName].filter(Boolean).join(' ') || null),
    firstName: facts.firstName ?? null,
    lastName: facts.lastName ?? null,
    legalName: facts.legalName ?? null,
    emails,
    phones,
    taxIdentifiers: taxId ? [{ ...taxId, unit: facts.unit ?? null }] : [],
    unitKnown: facts.unitKnown ?? canFindTaxId,
    addresses: [],
    externalReferences,
    associations: facts.associations ?? [],
    mentions: facts.mentions ?? [],
    findableBy: [
      ...[reference, ...aliases].map((value) => ({ kind: 'REFERENCE', value }) as const),
      ...(facts.findableEmails ?? emails).map((value) => ({ kind: 'EMAIL', value }) as const),
      ...((facts.isFoundByPhone ?? system === 'CRM') ? phones.map((value) => ({ kind: 'PHONE', value }) as const) : []),
      ...(canFindTaxId && taxKey ? [{ kind: 'TAX_ID', value: taxKey } as const] : []),
      ...externalReferences.map((value) => ({ kind: 'EXTERNAL_ID', value }) as const),
      ...(facts.companyName ? [{ kind: 'COMPANY_NAME', value: facts.companyName } as const] : []),
      ...(facts.orderNumbers ?? []).map((value) => ({ kind: 'ORDER_NUMBER', value }) as const),
    ],
    aliases,
    ownerReference: facts.ownerReference ?? null,
    isRetail: facts.isRetail ?? false,
    createdAt: facts.createdAt ?? null,
    updatedAt: null,
    fetchedAt: '2026-11-02T09:00:00.000Z',
    url: null,
    stale: false,
  };
}

export interface World {
  ports: PartyPorts;
  /** Domains that fail from now on. */
  down: Set<Domain>;
  /** The identifiers of each call to a domain. */
  calls: { domain: Domain; identifiers: readonly Identifier[] }[];
}

/** Three domains that find their records by nothing but `findableBy`. */
export function createWorld(
  parties: readonly Party[],
  /** Order numbers on the invoices of clients. */
  { orders = {} }: { orders?: Readonly<Record<string, string[]>> } = {},
): World {
  const down = new Set<Domain>();
  const calls: World['calls'] = [];
  const portOf = (domain: Domain): PartyPort => {
    const own = parties.filter(({ recordType }) => SOURCES[recordType].domain === domain);
    const check = () => {
      if (down.has(domain)) throw new CodedError('UPSTREAM_UNAVAILABLE', `${domain} is down`);
    };
    return {
      orderNumbers: async ({ references }) => {
        check();
        return { numbers: references.map((reference) => orders[reference] ?? []), unavailable: [] };
      },
      parties: async ({ identifiers }) => {
        calls.push({ domain, identifiers });
        check();
        const hits = identifiers.map((identifier) => own.filter((one) => isFoundBy(one, identifier)));
        const found = hits.map((list) => list.map(({ reference }) => reference));
        return { parties: [...new Set(hits.flat())], found, unavailable: [], unsupported: [] };
      },
      list: async ({ search, first, after }) => {
        check();
        const listed = own.filter((one) => one.recordType !== 'GUEST' && matches(one, search));
        const start = Number(after ?? 0);
        const end = start + first;
        return { parties: listed.slice(start, end), endCursor: String(end), hasNextPage: end < listed.length };
      },
    };
  };
  const ports = Object.fromEntries(DOMAINS.map((domain) => [domain, portOf(domain)]));
  // Cast: Object.fromEntries forgets the keys.
  return { ports: ports as unknown as PartyPorts, down, calls };
}

function isFoundBy({ findableBy }: Party, { kind, value }: Identifier): boolean {
  return findableBy.some((one) => one.kind === kind && one.value === value);
}

function matches({ displayName, emails }: Party, search: string | null): boolean {
  return search === null || [displayName ?? '', ...emails].some((text) => text.toLowerCase().includes(search));
}

export interface Identity {
  ask(query: string, variables?: Record<string, unknown>): Promise<ExecutionResultBody>;
}

/** The identity subgraph over a world. */
export function createIdentity(ports: PartyPorts, deps: Partial<IdentitySubgraphDeps> = {}): Identity {
  const subgraph = createIdentitySubgraph({ ports, sealer, ...deps });
  return {
    ask: (query, variables) =>
      subgraph.transport.execute(
        { query, variables },
        { requestId: 'test', signal: AbortSignal.timeout(20_000), headers: {} },
      ),
  };
}

/** The engine alone, which has heard of nothing before: one request. */
export function startRequest(ports: PartyPorts, deps: Partial<IdentityDeps> = {}): Identities {
  const memory = createMemory(createRecordCache());
  const all = { ports, directory: createDirectory(), operator: NO_OPERATOR_LINKS, memory, ...deps };
  return createIdentities(all, { requestId: 'test', signal: AbortSignal.timeout(20_000), notProvided: () => {} });
}

/** A customer as one text: its id and its records. */
export function textOf(customer: IdentifiedCustomer | null): string {
  if (!customer) return 'nobody';
  const references = customer.records.map(({ reference }) => reference).sort();
  return `${customer.id} = ${references.join(' ')}`;
}

/** Each record's customer, each worked out alone from that record. */
export async function resolveEach(
  { ports }: World,
  parties: readonly Party[],
  operator?: OperatorLinks,
): Promise<Map<string, string>> {
  const resolve = ({ reference }: Party) => startRequest(ports, operator && { operator }).byReference(reference);
  const customers = await Promise.all(parties.map(resolve));
  return new Map(parties.map(({ reference }, index) => [reference, textOf(customers[index]!)]));
}

/** The customers of a world as lists of references, whatever record one starts from. */
export async function customersOf(parties: readonly Party[], operator?: OperatorLinks): Promise<string[][]> {
  const texts = new Set((await resolveEach(createWorld(parties), parties, operator)).values());
  const lists = [...texts].filter((text) => text !== 'nobody').map((text) => text.split(' = ')[1]!);
  return lists.sort().map((list) => list.split(' '));
}

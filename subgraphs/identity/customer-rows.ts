import type { RestrictedRows, RowRules } from '../../common/row-rules.ts';
import type { OwnedAnswer } from '../shared/party.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { createCustomerNames } from './customer-names.ts';
import { isOutage, type PartyPorts, type Unavailable } from './domains.ts';
import { cannotTell, type Identities, settleMissing } from './identities.ts';
import type { IdentifiedCustomer } from './model.ts';

/** Which customers a caller may see. */
export interface CustomerRows {
  /** `all`: nobody is hidden. `none`: nobody has to be looked for. */
  kind: 'all' | 'none' | 'some';
  /** Those of the customers found whom the caller may see. Throws where that can't be told now. */
  read(find: () => Promise<readonly IdentifiedCustomer[]>): Promise<IdentifiedCustomer[]>;
  sees(customer: IdentifiedCustomer): Promise<boolean>;
  /** References that lead to everybody whom the rules allow, and perhaps to more; null where these are too many to be listed. */
  starts(): Promise<readonly string[] | null>;
  /** Everybody whom the rules allow; null where they are too many to be worked out ahead, or anybody. */
  listed(): Promise<ListedCustomers | null>;
}

interface ListedCustomers {
  customers: readonly IdentifiedCustomer[];
  /** Not empty: there may be others, or these may have other records. */
  missing: readonly Unavailable[];
}

interface CustomerRowsDeps {
  ports: PartyPorts;
  identities: Identities;
}

/** As many customers are worked out ahead; of more, only those that come into question. */
const MAX_LISTED = 50;

/** The rules that identity can judge; what else there is must be gone from them. */
export function createCustomerRows(rules: RowRules, deps: CustomerRowsDeps, call: CallContext): CustomerRows {
  return rules.kind === 'restricted' ? restrictedRows(rules, deps, call) : UNRESTRICTED[rules.kind];
}

const UNRESTRICTED: Readonly<Record<'all' | 'none', CustomerRows>> = {
  all: {
    kind: 'all',
    read: async (find) => [...(await find())],
    sees: async () => true,
    starts: async () => null,
    listed: async () => null,
  },
  none: {
    kind: 'none',
    read: async () => [],
    sees: async () => false,
    starts: async () => [],
    listed: async () => ({ customers: [], missing: [] }),
  },
};

function restrictedRows(
  { customers, owner, own }: RestrictedRows,
  { ports, identities }: CustomerRowsDeps,
  call: CallContext,
): CustomerRows {
  const ofCustomers = customers && createCustomerNames(customers, identities);
  const ofOwn = own === null ? null : createCustomerNames([own], identities);
  const owned = once(async () => ports.crm.owned?.({ owners: owner ?? [] }, call) ?? NOTHING_OWNED);

  async function fits(customer: IdentifiedCustomer): Promise<boolean> {
    const fulfilled = await Promise.all([
      ofCustomers?.name(customer) ?? true,
      ofOwn?.name(customer) ?? true,
      owner ? isOwned(customer, owner) : true,
    ]);
    return fulfilled.every(Boolean);
  }

  /** A customer is looked after by whoever looks after one of its records. */
  async function isOwned({ records }: IdentifiedCustomer, owners: readonly string[]): Promise<boolean> {
    const isOf = (people: readonly string[]) =>
      records.some(({ ownerReference }) => ownerReference !== null && people.includes(ownerReference));
    return isOf(owners) || isOf((await owned()).people);
  }

  const starts = once(async () => {
    const names = ofOwn ?? ofCustomers;
    if (names) return names.list();
    const { references, unavailable } = await owned();
    if (unavailable[0]) throw cannotTell(unavailable[0]);
    return references;
  });

  const listed = once(async (): Promise<ListedCustomers | null> => {
    const from = await settleMissing(starts());
    if ('missing' in from) return { customers: [], missing: [from.missing] };
    if (from.value === null || from.value.length > MAX_LISTED) return null;
    const found = await Promise.all(from.value.map((start) => settleMissing(identities.allByReference(start))));
    const known = found.flatMap((one) => ('value' in one ? one.value : []));
    const fitting = await Promise.all(known.map(fits));
    return {
      customers: known.filter((_, index) => fitting[index]),
      missing: [...found.flatMap((one) => ('missing' in one ? [one.missing] : [])), ...known.flatMap(outagesOf)],
    };
  });

  /**
   * Records are one customer where each leads to each. So whoever is not among the listed customers, and nothing of
   * these is missing, is somebody else, however little is known of him: and what there is none of is told alike.
   */
  async function isMissing(customer: IdentifiedCustomer | null): Promise<Unavailable | null> {
    const list = await listed();
    return (list ? list.missing : customer && outagesOf(customer))?.[0] ?? null;
  }

  async function sees(customer: IdentifiedCustomer): Promise<boolean> {
    if (await fits(customer)) return true;
    const missing = await isMissing(customer);
    if (missing) throw cannotTell(missing);
    return false;
  }

  return {
    kind: 'some',
    sees,
    starts,
    listed,
    read: async (find) => {
      const found = await find();
      const seen = await Promise.all(found.map(sees));
      const missing = found.length === 0 ? await isMissing(null) : null;
      if (missing) throw cannotTell(missing);
      return found.filter((_, index) => seen[index]);
    },
  };
}

const NOTHING_OWNED: OwnedAnswer = { people: [], references: [], unavailable: [] };

function outagesOf({ unavailable }: IdentifiedCustomer): Unavailable[] {
  return unavailable.filter(isOutage);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask();
    return asked;
  };
}

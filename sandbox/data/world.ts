import { type Day, dayOf } from './calendar.ts';
import { type Customer, createCustomer } from './customer.ts';
import { createDice, type Dice } from './dice.ts';
import { createLabels, type Labels } from './labels.ts';
import { createNips } from './nip.ts';
import { createQuota, type Quota } from './quota.ts';
import type { FakturowniaStore, HubspotStore, WooStore } from './records.ts';
import { createSequence } from './sequence.ts';
import { emptyFakturowniaStore, emptyHubspotStore, emptyWooStore } from './stores.ts';
import type { CustomerKind, TruthLookup } from './truth-types.ts';

/** What all makers of the company write into. */
export interface World {
  /** How many customers, about. */
  readonly size: number;
  readonly asOf: number;
  readonly today: Day;
  /** The first day on which anything is sold. */
  readonly firstDay: Day;
  readonly hubspot: HubspotStore;
  readonly woo: WooStore;
  readonly fakturownia: FakturowniaStore;
  readonly ids: Ids;
  readonly customers: Customer[];
  readonly labels: Labels;
  readonly quota: Quota;
  /** Look-ups that the lists of customers do not tell. */
  readonly lookups: PlannedLookup[];
  dice(name: string): Dice;
  /** Null = it leads to nobody. */
  lookAlso(customer: Customer | null, lookup: Pick<TruthLookup, 'by' | 'value'>): void;
  customer(kind: CustomerKind): Customer;
  /** A valid NIP that nobody has. */
  nip(): string;
}

interface PlannedLookup extends Pick<TruthLookup, 'by' | 'value'> {
  readonly customer: Customer | null;
}

/** Each system numbers on its own; no range of one meets another's. */
interface Ids {
  hubspot(): number;
  wooUser(): number;
  /** Orders, refunds and products are all posts of WordPress. */
  wooPost(): number;
  wooItem(): number;
  client(): number;
  invoice(): number;
  position(): number;
  payment(): number;
}

const MONTHS = 24;
/** The notes that the shop writes by itself take the ids just below their order's. */
const NOTES_PER_ORDER = 4;

export function createWorld(options: { seed: number; customers: number; asOf: Date }): World {
  const { seed, customers: size, asOf } = options;
  const sequence = (name: string, first: number, maxGap: number, minGap = 1) =>
    createSequence(first, maxGap, createDice(seed, `ids/${name}`), minGap);
  const ids: Ids = {
    hubspot: sequence('hubspot', 150_000_000, 60),
    wooUser: sequence('woo users', 11, 3),
    wooPost: sequence('woo posts', 2_000, 9, NOTES_PER_ORDER),
    wooItem: sequence('woo items', 9_000, 2),
    client: sequence('clients', 40_000_000, 90),
    invoice: sequence('invoices', 300_000_000, 200),
    position: sequence('positions', 700_000_000, 50),
    payment: sequence('payments', 20_000_000, 9),
  };
  const customers: Customer[] = [];
  const lookups: PlannedLookup[] = [];
  return {
    size,
    asOf: asOf.getTime(),
    today: dayOf(asOf.getTime()),
    firstDay: firstDayOf(asOf),
    hubspot: emptyHubspotStore(ids.hubspot),
    woo: emptyWooStore(ids.wooPost),
    fakturownia: emptyFakturowniaStore(ids.payment),
    ids,
    customers,
    labels: createLabels(),
    quota: createQuota(),
    lookups,
    dice: (name) => createDice(seed, name),
    lookAlso: (customer, lookup) => void lookups.push({ ...lookup, customer }),
    customer: (kind) => {
      const customer = createCustomer(kind);
      customers.push(customer);
      return customer;
    },
    nip: createNips(seed),
  };
}

function firstDayOf(asOf: Date): Day {
  const first = new Date(asOf);
  first.setUTCMonth(first.getUTCMonth() - MONTHS);
  return dayOf(first.getTime());
}

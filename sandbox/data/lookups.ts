import type { Customer } from './customer.ts';
import { referenceTo } from './labels.ts';
import { PLACEHOLDERS } from './placeholders.ts';
import type { TruthCustomer, TruthLookup } from './truth-types.ts';
import type { World } from './world.ts';

/** So many examples of each kind. */
const EXAMPLES = 25;

/** Look-ups beside those that customers' lists tell and the shared ones: other spellings, documents, strangers. */
export function moreLookups(
  world: World,
  customers: readonly TruthCustomer[],
  idOf: (customer: Customer) => string,
): TruthLookup[] {
  return [
    ...world.lookups.map(({ by, value, customer }) => ({
      by,
      value,
      expect: customer === null ? null : idOf(customer),
    })),
    ...NOBODYS,
    ...some(
      customers,
      ({ emails }) => emails[0],
      (email) => ['email', email.toUpperCase()],
    ),
    ...some(
      customers,
      ({ phone }) => phone,
      (phone) => ['phone', grouped(phone)],
    ),
    ...some(
      customers,
      ({ phone }) => phone,
      (phone) => ['phone', phone.replace('+48', '')],
    ),
    ...some(customers, polishNip, (nip) => ['taxId', `PL ${nip}`]),
    ...some(customers, polishNip, (nip) => ['taxId', hyphenated(nip)]),
    ...some(customers, guestsOrder, (number) => ['orderNumber', number]),
    ...some(
      customers,
      ({ orderNumbers }) => orderNumbers[0],
      (number) => ['reference', orderReference(world, number)],
    ),
    ...some(
      customers,
      ({ invoiceNumbers }) => invoiceNumbers[0],
      (number) => ['reference', invoiceReference(world, number)],
    ),
  ];
}

type Row = readonly [by: TruthLookup['by'], value: string];

const NOBODYS: readonly TruthLookup[] = (
  [
    ['email', PLACEHOLDERS.email],
    ['email', 'nikt@nigdzie.example'],
    ['phone', '+48509999999'],
    ['taxId', PLACEHOLDERS.taxId],
    ['taxId', '9998765436'],
    ['reference', 'hubspot:contact:1'],
    ['reference', 'hubspot:company:1'],
    ['reference', 'woo:customer:1'],
    ['reference', 'fakturownia:client:1'],
    ['reference', 'woo:order:1'],
    ['reference', 'fakturownia:invoice:1'],
    ['orderNumber', '1000'],
    ['invoiceNumber', 'FV/99999/01/2020'],
  ] satisfies Row[]
).map(([by, value]) => ({ by, value, expect: null }));

/** From customers far apart, so that they are of all kinds. */
function some(
  customers: readonly TruthCustomer[],
  read: (customer: TruthCustomer) => string | null | undefined,
  row: (value: string) => Row,
): TruthLookup[] {
  const able = customers.flatMap((customer) => {
    const value = read(customer);
    return typeof value === 'string' ? [{ id: customer.id, value }] : [];
  });
  const step = Math.max(1, Math.floor(able.length / EXAMPLES));
  const picked = able.filter((_, index) => index % step === 0).slice(0, EXAMPLES);
  return picked.map(({ id, value }) => {
    const [by, text] = row(value);
    return { by, value: text, expect: id };
  });
}

function polishNip({ taxId }: TruthCustomer): string | null {
  return taxId !== null && /^\d{10}$/.test(taxId) ? taxId : null;
}

function guestsOrder({ id, orderNumbers }: TruthCustomer): string | undefined {
  return id.startsWith('guest:') ? orderNumbers.at(-1) : undefined;
}

/** An order's id, which is another one than its number, leads to its customer as well. */
function orderReference({ woo }: World, number: string): string {
  return referenceTo.order({ id: woo.orderByNumber.get(number)! });
}

/** Of a number that one document alone bears. */
function invoiceReference({ fakturownia }: World, number: string): string {
  return referenceTo.invoice({ id: fakturownia.invoicesByNumber.get(number)![0]! });
}

/** `+48 600 100 200` */
function grouped(phone: string): string {
  return phone.replace(/^\+48(\d{3})(\d{3})(\d{3})$/, '+48 $1 $2 $3');
}

/** `525-244-57-67` */
function hyphenated(nip: string): string {
  return nip.replace(/^(\d{3})(\d{3})(\d{2})(\d{2})$/, '$1-$2-$3-$4');
}

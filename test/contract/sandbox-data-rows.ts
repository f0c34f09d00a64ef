import type { Dataset } from '../../sandbox/data/dataset.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import { normaliseEmail, normalisePhone, parseTaxId, taxIdKey } from '../../subgraphs/shared/normalise.ts';

/** One record of somebody, by what an honest reader may compare it. */
export interface Row {
  readonly reference: string;
  readonly owner: TruthCustomer | undefined;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** With the internal unit; null unit = the system does not tell units apart. */
  readonly taxId: string | null;
  readonly unit: string | null;
  readonly name: string | null;
  /** References to other records: other systems' ids, and the one company of a contact. */
  readonly pointsAt: readonly string[];
  readonly isPerson: boolean;
}

/** Every record of a person or a firm in the three stores, and every guest order, with the customer that the truth gives it. */
export function rowsOf({ hubspot, woo, fakturownia, truth }: Dataset): Row[] {
  const { customers } = truth();
  const byReference = new Map(customers.flatMap((customer) => customer.references.map((each) => [each, customer])));
  const byOrderNumber = new Map(customers.flatMap((customer) => customer.orderNumbers.map((each) => [each, customer])));
  return [
    ...[...hubspot.companies.values()].map((company): Row => {
      const reference = `hubspot:company:${company.id}`;
      return {
        reference,
        owner: byReference.get(reference),
        emails: [],
        phones: telephones(company.phone),
        ...taxOf(company.nip),
        unit: company.internalUnit ?? '',
        name: null,
        pointsAt: external(company),
        isPerson: false,
      };
    }),
    ...[...hubspot.contacts.values()].map((contact): Row => {
      const reference = `hubspot:contact:${contact.id}`;
      const companies = hubspot.associations.of('contacts', contact.id, 'companies');
      return {
        reference,
        owner: byReference.get(reference),
        emails: mailboxes(contact.email, ...contact.additionalEmails),
        phones: telephones(contact.phone, contact.mobilePhone),
        taxId: null,
        unit: null,
        name: nameKey(contact.firstName, contact.lastName),
        pointsAt: [...external(contact), ...(companies.length === 1 ? [`hubspot:company:${companies[0]}`] : [])],
        isPerson: true,
      };
    }),
    ...[...fakturownia.clients.values()]
      .filter(({ name }) => name !== 'Klient detaliczny')
      .map((client): Row => {
        const reference = `fakturownia:client:${client.id}`;
        return {
          reference,
          owner: byReference.get(reference),
          emails: mailboxes(client.email),
          phones: telephones(client.phone),
          ...taxOf(client.taxNumber, client.taxNumberKind),
          name: nameKey(client.firstName, client.lastName),
          pointsAt: client.externalId === null ? [] : [`woo:customer:${client.externalId}`],
          isPerson: !client.isCompany,
        };
      }),
    ...[...woo.customers.values()].map((account): Row => {
      const reference = `woo:customer:${account.id}`;
      return {
        reference,
        owner: byReference.get(reference),
        emails: mailboxes(account.email, account.billing.email),
        phones: telephones(account.billing.phone),
        taxId: taxOf(account.nip).taxId,
        unit: null,
        name: nameKey(account.firstName, account.lastName),
        pointsAt: [],
        isPerson: account.billing.company === '' && account.nip === null,
      };
    }),
    ...[...woo.orders.values()]
      .filter(({ customerId }) => customerId === 0)
      .map((order): Row => {
        const { billing } = order;
        return {
          reference: `woo:order:${order.id}`,
          owner: byOrderNumber.get(order.number),
          emails: mailboxes(billing.email),
          phones: telephones(billing.phone),
          taxId: taxOf(order.nip).taxId,
          unit: null,
          name: nameKey(billing.firstName, billing.lastName),
          pointsAt: [],
          isPerson: billing.company === '' && order.nip === null,
        };
      }),
  ];
}

const PLACEHOLDER_MAILBOXES = ['brak@brak.pl'];
const isMasked = (email: string) => /@(allegromail\.pl|marketplace\.amazon\.pl)$/.test(email);
const mailboxes = (...typed: (string | null)[]) =>
  typed
    .flatMap((text) => (text ?? '').split(/[,;\s]+/))
    .flatMap((text) => normaliseEmail(text) ?? [])
    .filter((email) => !PLACEHOLDER_MAILBOXES.includes(email) && !isMasked(email));
const telephones = (...typed: (string | null)[]) => typed.flatMap((text) => normalisePhone(text) ?? []);
const nameKey = (firstName: string | null, lastName: string | null) =>
  firstName && lastName ? plain(`${firstName} ${lastName}`) : null;

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
}

function taxOf(typed: string | null, kind: string | null = null) {
  const parsed = parseTaxId(typed, kind);
  return { taxId: parsed === null ? null : taxIdKey(parsed), unit: parsed?.unit ?? '' };
}

function external(record: { wooCustomerId: number | null; fakturowniaClientId: number | null }): string[] {
  return [
    ...(record.wooCustomerId === null ? [] : [`woo:customer:${record.wooCustomerId}`]),
    ...(record.fakturowniaClientId === null ? [] : [`fakturownia:client:${record.fakturowniaClientId}`]),
  ];
}

import type { Identifier, Party } from '../shared/party.ts';
import { formatReference } from '../shared/reference.ts';
import { toNameKey } from './guests.ts';
import type { Order, PartyDetails, ShopCustomer } from './model.ts';

/** An account, or a guest's own row, as identity sees it. */
export function toCustomerParty(customer: ShopCustomer): Party {
  const { source, vendor } = customer.source;
  const reference = formatReference(source, 'customer', customer.id);
  return {
    ...toCommon(customer.details),
    reference,
    source,
    vendor,
    recordType: customer.hasAccount ? 'CUSTOMER' : 'GUEST',
    // The billing address may have another mailbox: the shop does not find an account by that one.
    findableBy: findableBy(reference, customer.accountEmail),
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    fetchedAt: customer.source.fetchedAt,
    url: customer.source.url,
    stale: customer.source.stale,
  };
}

/** A guest: what its orders, the oldest first, say of it. The first one gives the spelling, whichever was asked for. */
export function toGuestParty(reference: string, orders: readonly [Order, ...Order[]]): Party {
  const [first] = orders;
  const { source, vendor } = first.source;
  const updates = orders.map(({ updatedAt, placedAt }) => updatedAt ?? placedAt).sort();
  const email = first.buyer.type === 'guest' ? first.buyer.guest.email : null;
  const isEmail = email !== null && first.buyerDetails.emails.includes(email);
  return {
    ...toCommon(first.buyerDetails),
    reference,
    source,
    vendor,
    recordType: 'GUEST',
    findableBy: findableBy(reference, isEmail ? email : null),
    createdAt: first.placedAt,
    updatedAt: updates.at(-1) ?? null,
    fetchedAt: orders.map((order) => order.source.fetchedAt).sort()[0]!,
    url: first.source.url,
    stale: orders.some((order) => order.source.stale),
  };
}

function toCommon(details: PartyDetails) {
  const { firstName, lastName, company, emails, phones, taxId, addresses } = details;
  const personName = [firstName, lastName].filter((part) => part !== null).join(' ');
  return {
    system: 'SHOP' as const,
    kind: kindOf(details),
    displayName: company ?? (personName || null),
    firstName,
    lastName,
    legalName: company,
    emails,
    phones,
    taxIdentifiers: taxId ? [taxId] : [],
    // A NIP typed into a checkout never tells which unit of a municipality it is for.
    unitKnown: false,
    addresses,
    externalReferences: [],
    associations: [],
    mentions: [],
    aliases: [],
    ownerReference: null,
    isRetail: false,
  };
}

/** A firm has a name or a tax id; one that is named after the buyer is a sole trader's. */
function kindOf({ company, taxId, firstName, lastName }: PartyDetails): Party['kind'] {
  if (company === null && taxId === null) return lastName === null ? 'UNKNOWN' : 'PERSON';
  const words = toNameKey(company).split(/[\s,.-]+/);
  const isNamedAfterBuyer = [firstName, lastName].every((name) => name !== null && words.includes(toNameKey(name)));
  return isNamedAfterBuyer ? 'SOLE_TRADER' : 'COMPANY';
}

function findableBy(reference: string, email: string | null): Identifier[] {
  const byReference: Identifier = { kind: 'REFERENCE', value: reference };
  return email === null ? [byReference] : [byReference, { kind: 'EMAIL', value: email }];
}

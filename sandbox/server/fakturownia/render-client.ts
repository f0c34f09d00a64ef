import type { FakturowniaClient } from '../../data/records.ts';
import { timestamp, yesNo } from './formats.ts';

export function renderClient(client: FakturowniaClient): Record<string, unknown> {
  return {
    id: client.id,
    name: client.name,
    shortcut: shortcutOf(client),
    tax_no: client.taxNumber,
    tax_no_kind: client.taxNumberKind,
    first_name: client.firstName,
    last_name: client.lastName,
    company: yesNo(client.isCompany),
    kind: 'buyer',
    email: client.email,
    phone: client.phone,
    mobile_phone: null,
    www: null,
    street: client.street,
    post_code: client.postCode,
    city: client.city,
    country: client.country,
    bank: null,
    bank_account: null,
    person: null,
    note: client.note,
    external_id: client.externalId,
    tag_list: [],
    created_at: timestamp(client.createdAt),
    updated_at: timestamp(client.updatedAt),
  };
}

/** The vendor cuts the name when nobody gave a short one. */
export function shortcutOf(client: FakturowniaClient): string {
  return client.name.slice(0, 40);
}

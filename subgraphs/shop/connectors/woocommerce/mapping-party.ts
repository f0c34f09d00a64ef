import { normaliseEmail, normalisePhone, parseTaxId, type TaxIdentifier } from '../../../shared/normalise.ts';
import type { Address } from '../../../shared/party.ts';
import type { PartyDetails, ShopCustomer } from '../../model.ts';
import type { FullWoocommerceConfig } from './config.ts';
import { fromGmtOrNull } from './dates.ts';
import { type MappingContext, toSourceRef } from './mapping-context.ts';
import type { AddressPayload, CustomerPayload, MetaPayload } from './payloads.ts';

export function toCustomer(payload: CustomerPayload, context: MappingContext): ShopCustomer {
  const details = toPartyDetails(payload.billing, payload.meta_data, context.config);
  const accountEmail = normaliseEmail(payload.email);
  return {
    id: String(payload.id),
    details: {
      ...details,
      firstName: payload.first_name.trim() || details.firstName,
      lastName: payload.last_name.trim() || details.lastName,
      emails: [...new Set([accountEmail, ...details.emails].filter((email) => email !== null))],
    },
    accountEmail,
    hasAccount: true,
    createdAt: fromGmtOrNull(payload.date_created_gmt),
    updatedAt: fromGmtOrNull(payload.date_modified_gmt),
    source: toSourceRef(context, 'user-edit.php?user_id=', payload.id, payload.date_modified_gmt),
  };
}

export function toPartyDetails(
  billing: AddressPayload,
  meta: MetaPayload,
  config: FullWoocommerceConfig,
): PartyDetails {
  const address = toAddress(billing);
  return {
    firstName: billing.first_name.trim() || null,
    lastName: billing.last_name.trim() || null,
    company: toCompany(billing.company),
    emails: [normaliseEmail(billing.email)].filter((email) => email !== null),
    phones: [normalisePhone(billing.phone)].filter((phone) => phone !== null),
    taxId: toNip(meta, config),
    addresses: address ? [address] : [],
  };
}

/** WooCommerce has no field for it: each plugin keeps it under a meta key of its own. */
export function toNip(meta: MetaPayload, { nipMetaKeys }: FullWoocommerceConfig): TaxIdentifier | null {
  for (const key of nipMetaKeys) {
    const value = meta.find((entry) => entry.key === key)?.value;
    const taxId = typeof value === 'string' || typeof value === 'number' ? parseTaxId(String(value)) : null;
    if (taxId) return taxId;
  }
  return null;
}

/** WooCommerce always sends all parts, empty where there is no address. */
export function toAddress(address: AddressPayload): Address | null {
  const { first_name, last_name, company, address_1, address_2, city, postcode, state, country } = address;
  const parts = [address_1, address_2, city, postcode].map((part) => part.trim());
  if (parts.every((part) => part === '')) return null;
  const [line1 = '', line2 = ''] = parts;
  return {
    name: toCompany(company) ?? ([first_name, last_name].join(' ').trim() || null),
    street: [line1, line2].filter((line) => line !== '').join(', ') || null,
    city: city.trim() || null,
    postalCode: postcode.trim() || null,
    region: state.trim() || null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
  };
}

/** Buyers type something into a field that a form makes them fill. */
const NO_COMPANY = /^(brak|nie dotyczy|n\/?a|none|osoba (prywatna|fizyczna)|prywatn[aey]|[-–.\s]+)$/i;

function toCompany(raw: string): string | null {
  const company = raw.trim();
  return company === '' || NO_COMPANY.test(company) ? null : company;
}

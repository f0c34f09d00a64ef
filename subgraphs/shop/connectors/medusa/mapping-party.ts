import { normaliseEmail, normalisePhone, parseTaxId, type TaxIdentifier } from '../../../shared/normalise.ts';
import type { Address } from '../../../shared/party.ts';
import type { PartyDetails, ShopCustomer } from '../../model.ts';
import type { FullMedusaConfig } from './config.ts';
import { type MappingContext, metadataText, toSourceRef } from './mapping-context.ts';
import type { AddressPayload, BuyerPayload, CustomerPayload, Metadata, OrderPayload } from './payloads.ts';

/**
 * Medusa keeps a row for each e-mail that ordered without an account. It says nothing else, and whoever orders with a
 * shared mailbox shares it: so it stands for nobody, and such orders are a guest's. Customers that staff wrote down have
 * no account either, but a name.
 */
export function isGuestRow({ has_account, ...details }: BuyerPayload, config: FullMedusaConfig): boolean {
  const { company_name, first_name, last_name, phone, metadata } = details;
  const isNamed = [company_name, first_name, last_name, phone].some((value) => filled(value) !== null);
  return !has_account && !isNamed && toTaxId(metadata, config) === null;
}

export function toCustomer(payload: CustomerPayload, context: MappingContext): ShopCustomer {
  const { config } = context;
  const email = normaliseEmail(payload.email);
  const addresses = payload.addresses.filter((address) => address !== null);
  const phones = [payload.phone, ...addresses.map(({ phone }) => phone)].map((phone) => normalisePhone(phone));
  return {
    id: payload.id,
    details: {
      firstName: filled(payload.first_name),
      lastName: filled(payload.last_name),
      company: filled(payload.company_name),
      emails: email === null ? [] : [email],
      phones: [...new Set(phones.filter((phone) => phone !== null))],
      taxId: toTaxId(payload.metadata, config),
      addresses: addresses.map(toAddress).filter((address) => address !== null),
    },
    // Medusa finds an address as it was typed: one with capitals only where that search is switched on.
    accountEmail: config.mixedCaseEmails || payload.email === email ? email : null,
    hasAccount: payload.has_account,
    createdAt: toInstant(payload.created_at),
    updatedAt: toInstant(payload.updated_at),
    source: toSourceRef(context, 'customers', payload.id, toInstant(payload.updated_at)),
  };
}

/** What an order says of its buyer. */
export function toBuyerDetails(payload: OrderPayload, config: FullMedusaConfig): PartyDetails {
  const billing = payload.billing_address;
  const address = billing && toAddress(billing);
  return {
    firstName: filled(billing?.first_name),
    lastName: filled(billing?.last_name),
    company: filled(billing?.company),
    emails: [normaliseEmail(payload.email)].filter((email) => email !== null),
    phones: [normalisePhone(billing?.phone)].filter((phone) => phone !== null),
    taxId: toTaxId(payload.metadata, config),
    addresses: address ? [address] : [],
  };
}

export function toTaxId(metadata: Metadata, { nipMetadataKeys }: FullMedusaConfig): TaxIdentifier | null {
  return parseTaxId(metadataText(metadata, nipMetadataKeys));
}

export function toAddress(address: AddressPayload): Address | null {
  const { first_name, last_name, company, address_1, address_2, city, postal_code, province, country_code } = address;
  const street = [address_1, address_2].map(filled).filter((line) => line !== null);
  if (street.length === 0 && !filled(city) && !filled(postal_code)) return null;
  const country = country_code?.toUpperCase() ?? '';
  return {
    name: filled(company) ?? filled([first_name, last_name].filter(Boolean).join(' ')),
    street: street.join(', ') || null,
    city: filled(city),
    postalCode: filled(postal_code),
    region: filled(province),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
  };
}

/** In UTC with milliseconds, whatever precision the database gave. */
export function toInstant(text: string): string {
  return new Date(text).toISOString();
}

function filled(text: string | null | undefined): string | null {
  return text?.trim() || null;
}

import { normaliseEmail, normalisePhone, type TaxIdentifier, taxIdKey } from '../../../shared/normalise.ts';
import { parseReference } from '../../../shared/reference.ts';
import type { AccountingProduct, Client } from '../../model.ts';
import { isRetailName, type MappingContext, toSource } from './mapping-context.ts';
import { toProductVatRate } from './mapping-vat.ts';
import { type ClientPayload, isSet, type ProductPayload } from './payloads.ts';
import { taxNumberSpellings } from './tax-number.ts';
import { toAddress, toCurrency, toDecimal, toInstant, toMoney, toTaxId, toText } from './values.ts';

export function toClient(payload: ClientPayload, context: MappingContext): Client {
  const { config } = context;
  const name = toText(payload.name);
  const emails = toEmails(payload.email);
  const taxId = toTaxId(payload.tax_no, payload.tax_no_kind);
  const { street, post_code: postCode, city, country } = payload;
  return {
    id: String(payload.id),
    name,
    firstName: toText(payload.first_name),
    lastName: toText(payload.last_name),
    isCompany: payload.company == null || isSet(payload.company),
    emails,
    phones: unique([payload.phone, payload.mobile_phone].map((phone) => normalisePhone(phone))),
    taxId,
    address: toAddress({ name, street, postCode, city, country }),
    externalReference: toExternalReference(payload.external_id, config.externalIdReference),
    isRetail: config.retailClientIds.includes(String(payload.id)) || (!taxId && isRetailName(name, config)),
    findableBy: {
      // The filter compares the whole field: one address among several is not found.
      email: emails.length === 1 && isAlone(payload.email, emails[0]!) ? emails[0]! : null,
      taxId: taxId && isFindable(payload.tax_no ?? '', taxId) ? taxIdKey(taxId) : null,
    },
    createdAt: toInstant(payload.created_at),
    updatedAt: toInstant(payload.updated_at),
    source: toSource(payload, context),
  };
}

export function toProduct(payload: ProductPayload): AccountingProduct | null {
  const sku = toText(payload.code);
  if (sku === null) return null;
  const cost = toDecimal(payload.purchase_price_net);
  return {
    sku,
    vatRate: toProductVatRate(payload.tax),
    gtu: payload.gtu_codes?.find((code) => /^GTU_\d{2}$/.test(code)) ?? null,
    pkwiu: toText(payload.additional_info),
    unitCost: cost === null ? null : toMoney(cost, toCurrency(payload.currency)),
    // Without a limit the warehouse does not count the product.
    stock:
      payload.limited != null && !isSet(payload.limited)
        ? null
        : toDecimal(payload.stock_level ?? payload.warehouse_quantity),
  };
}

/** "biuro@firma.pl, faktury@firma.pl" */
function toEmails(text: string | null | undefined): string[] {
  return unique((text ?? '').split(/[,;\s]+/).map((part) => normaliseEmail(part)));
}

function isAlone(text: string | null | undefined, email: string): boolean {
  return (text ?? '').trim().toLowerCase() === email;
}

/** Whether one of the spellings that we ask for is the one in which the number stands there. */
function isFindable(written: string, taxId: TaxIdentifier): boolean {
  const key = taxIdKey(taxId);
  if (key === null || taxId.unit !== null) return false;
  const compact = written.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return taxNumberSpellings(key).includes(compact);
}

/** Null for an id that no reference could hold. */
function toExternalReference(externalId: string | null | undefined, prefix: string | null): string | null {
  const id = externalId?.trim() ?? '';
  const reference = `${prefix}:${id}`;
  return prefix !== null && id !== '' && parseReference(reference) ? reference : null;
}

function unique(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

import type { FakturowniaInvoiceKind, FakturowniaPosition, FakturowniaPositionState } from '../../data/records.ts';
import { minorToCommaText } from '../money.ts';
import { quantityText, taxOf } from './formats.ts';

type Json = Record<string, unknown>;

/** Sums of positions have a comma, as the vendor's own examples. */
export function renderPosition(position: FakturowniaPosition, kind: FakturowniaInvoiceKind, withStates: boolean): Json {
  return {
    id: position.id,
    product_id: position.productId,
    name: position.name,
    code: position.code,
    quantity: quantityText(position.quantity),
    quantity_unit: position.unit,
    tax: taxOf(position.vat),
    price_net: minorToCommaText(position.unitNetMinor),
    price_gross: minorToCommaText(unitGross(position)),
    total_price_net: minorToCommaText(position.netMinor),
    total_price_tax: minorToCommaText(position.grossMinor - position.netMinor),
    total_price_gross: minorToCommaText(position.grossMinor),
    discount: null,
    discount_percent: null,
    additional_info: '',
    gtu_code: null,
    kind: kind === 'correction' ? 'correction' : null,
    ...(withStates ? renderStates(position) : {}),
  };
}

function unitGross({ grossMinor, quantity }: FakturowniaPosition): number {
  return quantity === 0 ? 0 : Math.round(grossMinor / quantity);
}

function renderStates(position: FakturowniaPosition): Json {
  if (position.before === null || position.after === null) return {};
  return {
    correction_before_attributes: renderState(position, position.before, 'correction_before'),
    correction_after_attributes: renderState(position, position.after, 'correction_after'),
  };
}

function renderState(position: FakturowniaPosition, state: FakturowniaPositionState, kind: string): Json {
  return {
    name: position.name,
    code: position.code,
    quantity: quantityText(state.quantity),
    quantity_unit: position.unit,
    tax: taxOf(state.vat),
    price_net: minorToCommaText(state.unitNetMinor),
    total_price_net: minorToCommaText(state.netMinor),
    total_price_gross: minorToCommaText(state.grossMinor),
    kind,
  };
}

import type { FakturowniaProduct } from '../../data/records.ts';
import { minorToText } from '../money.ts';
import { quantityText, timestamp } from './formats.ts';

export function renderProduct(product: FakturowniaProduct): Record<string, unknown> {
  const purchaseGross = Math.round(product.purchaseNetMinor * (1 + percentOf(product) / 100));
  return {
    id: product.id,
    name: product.name,
    code: product.code,
    ean_code: null,
    description: null,
    price_net: minorToText(product.netMinor),
    tax: product.vat,
    price_gross: minorToText(product.grossMinor),
    currency: 'PLN',
    purchase_price_net: minorToText(product.purchaseNetMinor),
    purchase_tax: product.vat,
    purchase_price_gross: minorToText(purchaseGross),
    // `quantity` is what one sale takes by default; what is in stock is `stock_level`.
    quantity: '1.0',
    quantity_unit: 'szt',
    limited: true,
    stock_level: quantityText(product.quantity),
    warehouse_quantity: quantityText(product.quantity),
    service: false,
    package: false,
    disabled: false,
    gtu_codes: product.gtu === null ? [] : [product.gtu],
    additional_info: product.pkwiu ?? '',
    split_payment: product.splitPayment,
    tag_list: [],
    created_at: timestamp(product.createdAt),
    updated_at: timestamp(product.updatedAt),
  };
}

function percentOf({ vat }: FakturowniaProduct): number {
  return /^\d+$/.test(vat) ? Number(vat) : 0;
}

import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * What most records have in common, so that each of them need not say it again: an order shrinks to a tenth with it, to
 * a third without. Other records only get longer. The names stand in the order in which the models are made.
 */
const DICTIONARY = Buffer.from(
  '{"id":"fakturownia:invoice:300267293","number":"FV/36/10/2026","kind":"INVOICE","kindRaw":"vat","status":"ISSUED",' +
    '"statusRaw":"paid","issueDate":"2026-10-09","saleDate":"2026-10-09","dueDate":"2026-11-08","paidAt":"2026-11-02",' +
    '"currency":"PLN","clientId":"40020409","isRetail":false,"buyer":{"name":"Firma Handlowa","taxId":{"scheme":"PL_NIP",' +
    '"country":"PL","value":"0000000000","unit":null,"valid":true},"address":{"name":"Firma Handlowa","street":"Ogrodowa 1",' +
    '"city":"Gdynia","postalCode":"00-000","region":null,"country":"PL"},"email":null},"seller":{"name":"Sp. z o.o.",' +
    '"taxId":{"scheme":"PL_NIP","country":"PL","value":"0000000000","unit":null,"valid":true},"address":{"name":"Sp. z o.o.",' +
    '"street":"","city":"Warszawa","postalCode":"00-000","region":null,"country":"PL"},"email":null},"orderNumbers":["1001"],' +
    '"lines":[{"id":"700152453","sku":"BIU-503","name":"Poczta Polska","quantity":"1","unit":"szt","unitPriceNet":"10.57",' +
    '"vatRate":{"code":"zw","kind":"EXEMPT","percent":null,"country":"PL"},"net":{"amount":"32.95","currency":"PLN"}}],' +
    '"vatMethod":null,"totals":{"net":{"amount":"43.52","currency":"PLN"},"vat":{"amount":"10.01","currency":"PLN"},' +
    '"gross":{"amount":"53.53","currency":"PLN"},"paid":{"amount":"0.00","currency":"PLN"}},"fx":null,"correctsId":null,' +
    '"madeFromId":null,"advanceIds":[],"correctionReason":null,"ksef":{"status":"ACCEPTED","statusRaw":"ok","number":"-2026",' +
    '"sentAt":"2026-10-09T12:30:50.000Z","acceptedOn":"2026-10-09","verificationUrl":"https://ksef.mf.gov.pl/web/verify/",' +
    '"messages":[]},"splitPaymentMarked":false,"formats":["PDF","XML","UPO"],"payments":null,"source":{"system":"ACCOUNTING",' +
    '"source":"fakturownia","vendor":"fakturownia","remoteId":"300267293","url":null,"fetchedAt":"2026-11-02T09:00:00.000Z",' +
    '"sourceUpdatedAt":"2026-11-02T06:00:00.000Z","stale":false}}' +
    '{"id":"woo:order:3179","number":"1071","placedAt":"2025-11-13T19:26:07.000Z","updatedAt":"2025-11-15T12:48:44.000Z",' +
    '"channel":{"code":"web","name":"checkout"},"currency":"PLN","status":"DELIVERED","statusRaw":"completed",' +
    '"financialStatus":"PAID","fulfillmentStatus":"FULFILLED","buyer":{"type":"guest","guest":{"email":"@gmail.com",' +
    '"phone":"+48","taxId":"","firstName":"","lastName":"","company":""}},"buyer":{"type":"customer","customerId":"184"},' +
    '"buyerDetails":{"firstName":"Jan","lastName":"Nowak","company":null,"emails":["jan.nowak@poczta.onet.pl"],' +
    '"phones":["+48600100200"],"taxId":null,"addresses":[{"name":"Jan Nowak","street":"Kolejowa 1","city":"Radom",' +
    '"postalCode":"00-000","region":null,"country":"PL"}]},"billingAddress":{"name":"Jan Nowak","street":"Kolejowa 1",' +
    '"city":"Radom","postalCode":"00-000","region":null,"country":"PL"},"shippingAddress":{"name":"Jan Nowak",' +
    '"street":"Kolejowa 1","city":"Radom","postalCode":"00-000","region":null,"country":"PL"},"billingEmail":"jan@wp.pl",' +
    '"billingTaxId":{"scheme":"PL_NIP","country":"PL","value":"0000000000","unit":null,"valid":true},"billingTaxId":null,' +
    '"lines":[{"id":"9256","sku":"SZK-101","name":"Kawa ziarnista 1 kg","quantity":"2","unitPriceNet":"695.00",' +
    '"unitPriceGross":"695.00","discount":{"amount":"0.00","currency":"PLN"},"vatRate":{"code":"23","kind":"STANDARD",' +
    '"percent":"23","country":"PL"},"net":{"amount":"390.00","currency":"PLN"},"vat":{"amount":"89.70","currency":"PLN"},' +
    '"gross":{"amount":"479.70","currency":"PLN"}}],"discounts":[{"code":null,"description":null,"amount":{"amount":"1.00",' +
    '"currency":"PLN"}}],"discounts":[],"totals":{"subtotal":{"amount":"390.00","currency":"PLN"},"discount":{"amount":"0.00",' +
    '"currency":"PLN"},"shipping":{"amount":"0.00","currency":"PLN"},"fees":{"amount":"0.00","currency":"PLN"},' +
    '"net":{"amount":"390.00","currency":"PLN"},"tax":{"amount":"89.70","currency":"PLN"},"gross":{"amount":"479.70",' +
    '"currency":"PLN"},"refunded":{"amount":"0.00","currency":"PLN"},"current":{"amount":"479.70","currency":"PLN"}},' +
    '"pricesIncludeTax":false,"shipments":[{"id":"363030303334303534393532","carrier":"DPD Polska","trackingNumber":"6000",' +
    '"trackingUrl":"https://tracktrace.dpd.com.pl/parcelDetails?p1=6000","status":"DELIVERED","shippedAt":"2025-11-15T11:48:44.000Z",' +
    '"deliveredAt":null}],"shipments":null,"refunds":[],"returnHints":[],"aftermath":{"refunds":[],"returns":[]},' +
    '"aftermath":null,"transactions":[{"id":"payment","orderId":"woo:order:3179","kind":"PAYMENT","amount":{"amount":"479.70",' +
    '"currency":"PLN"},"method":"Przelewy24","reference":"p24-","at":"2025-11-13T19:35:07.000Z","refundId":null}],' +
    '"customerNote":null,"source":{"system":"SHOP","source":"woo","vendor":"woocommerce","remoteId":"3179",' +
    '"url":"https://sklep.pl/wp-admin/post.php?action=edit&post=3179","fetchedAt":"2026-11-02T09:00:00.000Z",' +
    '"sourceUpdatedAt":"2025-11-15T12:48:44.000Z","stale":false}}',
);

/** The form, before the bytes: another dictionary is another form, and what has an unknown one is not there. */
const FORM = 1;
const MAX_BYTES = 16 * 1024 * 1024;

export function packRecord(record: unknown): Buffer {
  const packed = deflateRawSync(JSON.stringify(record), { level: 9, dictionary: DICTIONARY });
  return Buffer.concat([Buffer.from([FORM]), packed]);
}

/** Null for what is not a record in this form. */
export function unpackRecord(bytes: Buffer): unknown {
  if (bytes[0] !== FORM) return null;
  try {
    const text = inflateRawSync(bytes.subarray(1), { dictionary: DICTIONARY, maxOutputLength: MAX_BYTES });
    return JSON.parse(text.toString('utf8'));
  } catch {
    return null;
  }
}

import type { MedusaConfig } from '../../subgraphs/shop/connectors/medusa/config.ts';
import { createMedusaSource } from '../../subgraphs/shop/connectors/medusa/connector.ts';
import {
  cancelOrder,
  type PlacedOrder,
  payOrder,
  placeOrder,
  refundPayment,
  returnGoods,
  sendOrder,
} from './medusa-orders.ts';
import { startMedusa } from './medusa-server.ts';
import { addCustomer, addProduct, type MedusaAddress, openShop, registerCustomer } from './medusa-shop.ts';

const NIP = { raw: 'PL 525-244-57-67', value: '5252445767' };

function address(values: MedusaAddress = {}): MedusaAddress {
  const person = { first_name: 'Anna', last_name: 'Nowak', phone: '600 100 200' };
  return { ...person, address_1: 'Długa 1', city: 'Gdańsk', postal_code: '80-001', country_code: 'pl', ...values };
}

export type FilledShop = Awaited<ReturnType<typeof startFilledShop>>;

/** A real Medusa with a few records whose every value a test can name. */
export async function startFilledShop() {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await startMedusa());
  const shop = await openShop(server);
  const coffee = await addProduct(shop, {
    title: 'Kawa ziarnista',
    sku: 'KAWA-1',
    price: 49.99,
    stock: 100,
    ean: '5901234123457',
  });
  const book = await addProduct(shop, {
    title: 'Książka o kawie',
    sku: 'BOOK-1',
    price: 40,
    stock: 100,
    vat: { rate: 5, code: '5' },
  });
  const goods = [
    { variantId: coffee, quantity: 3, price: 49.99 },
    { variantId: book, quantity: 1, price: 40 },
  ];

  // The storefront keeps an address as it was typed.
  const account = await registerCustomer(shop, {
    email: 'Anna.Nowak@Firma.example',
    first_name: 'Anna',
    last_name: 'Nowak',
    company_name: 'Firma Sp. z o.o.',
    phone: '+48 600 100 200',
    metadata: { nip: NIP.raw },
    address: address({ phone: '58 300 10 20' }),
  });
  const staffMade = await addCustomer(shop, {
    email: 'zamowienia@hurt.example',
    company_name: 'Hurt S.A.',
    phone: '601 200 300',
  });

  const ofAccount = {
    customerId: account,
    billing: address({ company: 'Firma Sp. z o.o.' }),
    items: goods,
    postage: 15,
  };
  const returned = await placeOrder(shop, { ...ofAccount, metadata: { nip: NIP.raw } });
  const refunded = await placeOrder(shop, ofAccount);
  const fresh = await placeOrder(shop, ofAccount);
  const ofStaffMade = await placeOrder(shop, { customerId: staffMade, billing: address(), items: goods });

  const mailbox = 'biuro@wspolne.example';
  const guests = [
    await placeOrder(shop, {
      email: mailbox,
      billing: address({ last_name: 'Żak', phone: '+48602300400' }),
      items: goods,
    }),
    await placeOrder(shop, {
      email: mailbox,
      billing: address({ first_name: 'Jan', phone: '602-300-400' }),
      items: goods,
    }),
    // With the account's e-mail, but not signed in: Medusa writes addresses of guests in lower case.
    await placeOrder(shop, { email: 'Anna.Nowak@Firma.example', billing: address(), items: goods }),
  ] as const;
  const nameless = await placeOrder(shop, {
    billing: address({ last_name: 'Świątek', phone: undefined }),
    items: goods,
  });
  const renumbered = await placeOrder(shop, {
    email: 'stary@dom.example',
    items: goods,
    metadata: { order_number: 'WOO/1001' },
  });
  const cancelled = await placeOrder(shop, { email: 'stary@dom.example', items: goods });
  const inEuro = await placeOrder(shop, {
    email: 'kunde@haus.example',
    currency: 'eur',
    items: [{ title: 'Versand', quantity: 1, price: 9.99 }],
  });

  await sellAndReturn(shop, returned);
  await refundPayment(shop, await payOrder(shop, refunded), 20, 'Rabat');
  await cancelOrder(shop, cancelled);

  const started = stack.move();
  const connect = (config: Partial<MedusaConfig> = {}, onCall?: () => void) =>
    createMedusaSource({ name: 'medusa', url: server.url, apiKey: server.apiKey, ...config }, { onCall });
  return {
    shop,
    connect,
    account: { id: account, email: 'anna.nowak@firma.example', nip: NIP.value },
    staffMade: { id: staffMade, email: 'zamowienia@hurt.example' },
    mailbox,
    orders: { returned, refunded, fresh, ofStaffMade, guests, nameless, renumbered, cancelled, inEuro },
    close: () => started.disposeAsync(),
  };
}

/** Paid, sent and delivered; then two of three pieces come back. */
async function sellAndReturn(shop: Awaited<ReturnType<typeof openShop>>, order: PlacedOrder): Promise<void> {
  await payOrder(shop, order);
  const parcel = { trackingNumber: '6200001', trackingUrl: 'https://inpost.pl/sledzenie-przesylek?number=6200001' };
  await sendOrder(shop, order, { ...parcel, isDelivered: true });
  const coffee = order.items.find((item) => item.variant_sku === 'KAWA-1')!;
  await returnGoods(shop, order.id, [{ id: coffee.id, quantity: 2 }], 'Uszkodzony');
}

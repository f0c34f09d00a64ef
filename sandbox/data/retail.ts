import { type Payer, toPayer } from './buyer.ts';
import { instantOn } from './calendar.ts';
import { referenceTo } from './labels.ts';
import { addClient } from './party-records.ts';
import type { World } from './world.ts';

/** The one client on whom all receipts are booked: it is nobody. */
export function makeRetailPayer(world: World): Payer {
  const client = addClient(world, null, {
    createdAt: instantOn(world.firstDay - 300, 9),
    name: 'Klient detaliczny',
    taxNumberKind: 'empty',
    isCompany: false,
  });
  world.lookAlso(null, { by: 'reference', value: referenceTo.client(client) });
  return toPayer(null, client);
}

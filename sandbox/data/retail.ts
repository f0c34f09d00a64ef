import type { Payer } from './buyer.ts';
import { instantOn } from './calendar.ts';
import { toPayer } from './firm-customers.ts';
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
  return toPayer(client);
}

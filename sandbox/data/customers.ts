import { type Cast, sinceOf } from './cast.ts';
import { makeFirmCustomer } from './firm-customers.ts';
import { makePrivateCustomer } from './private-customers.ts';

/** Makes everybody, in the order in which they came. */
export function makeCustomers(cast: Cast): void {
  const { world, dice } = cast;
  while (world.customers.length < world.size) {
    cast.since = sinceOf(world, world.customers.length);
    const make = dice.weighted([
      [58, makePrivateCustomer],
      [42, makeFirmCustomer],
    ]);
    make(cast);
  }
}

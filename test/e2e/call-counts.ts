import type { Vendor } from '../../sandbox/server/vendors.ts';
import type { Product } from './product.ts';

/** Runs `task` and tells which calls reached which vendor meanwhile, by route. */
export async function callsOf(
  product: Product,
  task: () => Promise<unknown>,
): Promise<Record<Vendor, Record<string, number>>> {
  product.sandbox.control.resetCalls();
  await task();
  const { hubspot, woo, fakturownia } = product.sandbox.control.calls();
  return { hubspot: hubspot.byRoute, woo: woo.byRoute, fakturownia: fakturownia.byRoute };
}

export function total(calls: Record<string, number>): number {
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

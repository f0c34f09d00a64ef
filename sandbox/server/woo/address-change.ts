import { z } from 'zod';
import type { WooAddress } from '../../data/records.ts';

/** Part of an address as a client writes it. */
export const addressChangeSchema = z
  .object({
    first_name: z.string(),
    last_name: z.string(),
    company: z.string(),
    address_1: z.string(),
    city: z.string(),
    postcode: z.string(),
    country: z.string(),
    email: z.string(),
    phone: z.string(),
  })
  .partial();

export type AddressChange = z.infer<typeof addressChangeSchema>;

/** A new address: records share the old one. */
export function changeAddress(address: WooAddress, change: AddressChange | undefined): WooAddress {
  if (change === undefined) return address;
  return {
    firstName: change.first_name ?? address.firstName,
    lastName: change.last_name ?? address.lastName,
    company: change.company ?? address.company,
    street: change.address_1 ?? address.street,
    city: change.city ?? address.city,
    postcode: change.postcode ?? address.postcode,
    country: change.country ?? address.country,
    email: change.email ?? address.email,
    phone: change.phone ?? address.phone,
  };
}

export const metaChangeSchema = z.array(z.object({ key: z.string(), value: z.unknown() }));

/** Entries with a known key are replaced, others added. */
export function changeMeta<M extends { readonly key: string }>(
  stored: readonly M[],
  change: readonly { key: string; value: unknown }[],
  make: (key: string, value: unknown) => M,
): M[] {
  const keys = new Set(change.map(({ key }) => key));
  return [...stored.filter(({ key }) => !keys.has(key)), ...change.map(({ key, value }) => make(key, value))];
}

import { isIP } from 'node:net';
import { z } from 'zod';
import { setting } from '../../common/settings.ts';

/** How much callers may ask for. */
export const budgetSettings = {
  budgetPerMinute: setting({
    name: 'BUDGET_PER_MINUTE',
    schema: points(),
    default: '1000000',
    description: 'cost points a minute of a client for which the registry or its issuer says nothing else',
  }),
  anonymousBudgetPerMinute: setting({
    name: 'ANONYMOUS_BUDGET_PER_MINUTE',
    schema: points(),
    default: '100000',
    description: 'cost points a minute of an address that sends no token',
  }),
  trustedProxies: setting({
    name: 'TRUSTED_PROXIES',
    schema: z
      .string()
      .transform((text) => text.split(',').map((one) => one.trim()))
      .refine((all) => all.every(isNetwork), 'expected addresses or networks, as 10.0.0.0/8, comma separated'),
    default: null,
    description:
      "addresses or networks of the proxies in front, comma separated: what they say of the client's address is believed",
  }),
} as const;

function points() {
  const expected = 'expected a whole number above zero';
  return z
    .string()
    .regex(/^\d{1,12}$/, expected)
    .transform(Number)
    .refine((value) => value > 0, expected);
}

function isNetwork(text: string): boolean {
  const [address = '', prefix = '0', ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  return isIP(address) > 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits;
}

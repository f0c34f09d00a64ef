import { z } from 'zod';
import type { JsonValue } from './errors.ts';

/** Which of the company's records a caller may see; what belongs to nobody, as a product, has no row rule. */
export type RowRules = { kind: 'all' } | { kind: 'none' } | RestrictedRows;

/** Every rule that is not null has to hold. An empty list holds for nothing. */
export interface RestrictedRows {
  kind: 'restricted';
  /** References of the customers, any of theirs. */
  customers: readonly string[] | null;
  /** Codes of sales channels. */
  channels: readonly string[] | null;
  /** References of the CRM's owners or teams. */
  owner: readonly string[] | null;
  /** A reference of the one customer who is the caller. */
  own: string | null;
}

export const ALL_ROWS: RowRules = Object.freeze({ kind: 'all' });
export const NO_ROWS: RowRules = Object.freeze({ kind: 'none' });

const referenceSchema = z.string().regex(/^[a-z][a-z0-9_]{0,63}:[a-z][a-z0-9_]{0,63}:[\x21-\x7e]{1,4096}$/);

const rulesSchema = z
  .strictObject({
    customers: z.array(referenceSchema).transform(sortedSet).optional(),
    channels: z.array(z.string().min(1).max(200)).transform(sortedSet).optional(),
    owner: z
      .union([referenceSchema.transform((one) => [one]), z.array(referenceSchema)])
      .transform(sortedSet)
      .optional(),
    own: referenceSchema.optional(),
  })
  .refine((rules) => Object.keys(rules).length > 0);

/**
 * Reads rules as they stand in tokens, in the client registry and in the signed header: "all", or an object of rules.
 * Anything else, also a rule that we don't know, denies every row: rules that can't be read must not open what they were
 * written to close.
 */
export function parseRowRules(value: unknown): RowRules {
  if (value === 'all') return ALL_ROWS;
  const parsed = rulesSchema.safeParse(value);
  if (!parsed.success) return NO_ROWS;
  const { customers = null, channels = null, owner = null, own = null } = parsed.data;
  return { kind: 'restricted', customers, channels, owner, own };
}

/** What `parseRowRules` reads as the same rules; equal rules give equal texts. */
export function rowRulesToJson(rules: RowRules): JsonValue {
  if (rules.kind !== 'restricted') return rules.kind;
  const { customers, channels, owner, own } = rules;
  return {
    ...(customers === null ? {} : { customers }),
    ...(channels === null ? {} : { channels }),
    ...(owner === null ? {} : { owner }),
    ...(own === null ? {} : { own }),
  };
}

/**
 * The rows that both rules allow, as far as texts can tell: two references of one customer in two lists would deny
 * rather than open.
 */
export function intersectRowRules(first: RowRules, second: RowRules): RowRules {
  if (first.kind === 'none' || second.kind === 'none') return NO_ROWS;
  if (first.kind === 'all') return second;
  if (second.kind === 'all') return first;
  if (first.own !== null && second.own !== null && first.own !== second.own) return NO_ROWS;
  return {
    kind: 'restricted',
    customers: intersectLists(first.customers, second.customers),
    channels: intersectLists(first.channels, second.channels),
    owner: intersectLists(first.owner, second.owner),
    own: first.own ?? second.own,
  };
}

function intersectLists(first: readonly string[] | null, second: readonly string[] | null): readonly string[] | null {
  if (first === null || second === null) return first ?? second;
  const others = new Set(second);
  return first.filter((entry) => others.has(entry));
}

function sortedSet(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseReference } from '../shared/reference.ts';

/** Pairs of references, both ways. */
type ReferencePairs = ReadonlyMap<string, ReadonlySet<string>>;

/** What the operator knows better than any rule. */
export interface OperatorLinks {
  link: ReferencePairs;
  forbid: ReferencePairs;
}

export const NO_OPERATOR_LINKS: OperatorLinks = { link: new Map(), forbid: new Map() };

const reference = z.string().refine((text) => parseReference(text) !== null, 'expected source:type:id');
const pair = z
  .tuple([reference, reference])
  .refine(([left, right]) => left !== right, 'expected no record with itself');
const pairs = z.array(pair).default([]);
const fileSchema = z.strictObject({ link: pairs, forbid: pairs });

/**
 * Reads the `links` file: JSON, `{ "link": [["hubspot:company:77", "fakturownia:client:5"]], "forbid": [[…, …]] }`.
 * Throws what is wrong with it: a file that is half understood would link wrong customers.
 */
export function readLinksFile(path: string): OperatorLinks {
  return toOperatorLinks(parseJson(readFileSync(path, 'utf8')));
}

export function toOperatorLinks(file: unknown): OperatorLinks {
  const parsed = fileSchema.safeParse(file);
  if (!parsed.success) throw new Error(`The links file is not valid: ${z.prettifyError(parsed.error)}`);
  const { link, forbid } = parsed.data;
  const links = { link: bothWays(link), forbid: bothWays(forbid) };
  const contradiction = forbid.find(([left, right]) => isJoined(links.link, left, right));
  if (contradiction) throw new Error(`The links file both forces and forbids ${contradiction.join(' and ')}`);
  return links;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The links file is not valid: expected JSON');
  }
}

function bothWays(entries: readonly (readonly [string, string])[]): ReferencePairs {
  const map = new Map<string, Set<string>>();
  const add = (from: string, to: string) => map.set(from, (map.get(from) ?? new Set()).add(to));
  for (const [left, right] of entries) {
    add(left, right);
    add(right, left);
  }
  return map;
}

/** Whether forced links lead from one to the other, over any others. */
function isJoined(link: ReferencePairs, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const name of seen) for (const next of link.get(name) ?? []) seen.add(next);
  return seen.has(to);
}

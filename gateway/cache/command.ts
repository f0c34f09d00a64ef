import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import { z } from 'zod';

/** What the operator got wrong, or what went wrong at a part; for them to read. */
export class CacheCommandError extends Error {
  override name = 'CacheCommandError';
}

export interface CacheCommandDeps {
  /** Of the parts' servers for operators. */
  adminUrls: readonly string[];
  key: string;
}

const USAGE = `npm run cache -- COMMAND

  erase --customer REFERENCE
      Removes all that is cached of a person, and keeps nothing of them again for CACHE_TOMBSTONE_TTL.
      REFERENCE is any of the customer's: hubspot:contact:501, woo:customer:12, fakturownia:client:77.
  invalidate --subgraph NAME [--type TYPE]
      Removes what is cached of a subgraph (identity, crm, shop, accounting), or of one type of it (Order).
  invalidate --subgraph NAME --tag TAG
      Removes what has the tag (woo:order:501).
`;

const OPTIONS = {
  customer: { type: 'string' },
  subgraph: { type: 'string' },
  type: { type: 'string' },
  tag: { type: 'string' },
} as const;

/** Answers what to print. */
export async function runCacheCommand(args: readonly string[], deps: CacheCommandDeps): Promise<string> {
  const { positionals, values } = parse(args);
  const [command, ...rest] = positionals;
  const { customer, subgraph, type, tag } = values;
  if (rest.length === 0 && command === 'erase' && customer) return erase(customer, deps);
  if (rest.length === 0 && command === 'invalidate' && subgraph && !(type && tag)) {
    return invalidate({ subgraph, type, tag }, deps);
  }
  throw new CacheCommandError(USAGE);
}

const erasedSchema = z.object({
  references: z.array(z.string()),
  identifiers: z.array(z.object({ kind: z.string(), value: z.string() })),
  removed: z.number(),
  keptOutUntil: z.string(),
});
const countSchema = z.object({ count: z.number() });

/** Asks the first part that knows who is who; the others, which may keep a memory of their own, are told what it found. */
async function erase(customer: string, deps: CacheCommandDeps): Promise<string> {
  const failures: string[] = [];
  for (const url of deps.adminUrls) {
    const answer = await post(url, '/cache/erase', { customer }, deps.key);
    if (!answer.ok) {
      failures.push(answer.problem);
      continue;
    }
    const first = erasedSchema.parse(answer.body);
    const { references, identifiers } = first;
    const others = deps.adminUrls.filter((other) => other !== url);
    const told = await Promise.all(
      others.map((other) => post(other, '/cache/erase', { references, identifiers }, deps.key)),
    );
    const untold = told.filter((one) => !one.ok);
    if (untold.length > 0) throw new CacheCommandError(problems('Not erased everywhere; run it again', untold));
    const more = told.map((one) => (one.ok ? erasedSchema.parse(one.body).removed : 0));
    const removed = more.reduce((sum, count) => sum + count, first.removed);
    return [
      `Removed ${removed} cached records of ${references.length} references and ${identifiers.length} identifiers:`,
      ...references.map((reference) => `  ${reference}`),
      `Nothing of them is kept again until ${first.keptOutUntil}. The systems themselves still hold what they hold.`,
    ].join('\n');
  }
  throw new CacheCommandError(['Not erased.', ...failures].join('\n  '));
}

async function invalidate(
  { subgraph, type, tag }: { subgraph: string; type?: string | undefined; tag?: string | undefined },
  { adminUrls, key }: CacheCommandDeps,
): Promise<string> {
  const whole = type ? { kind: 'type', subgraph, type } : { kind: 'subgraph', subgraph };
  const invalidation = tag ? { kind: 'cache_tag', subgraphs: [subgraph], cache_tag: tag } : whole;
  const answers = await Promise.all(adminUrls.map((url) => post(url, '/cache/invalidate', [invalidation], key)));
  // Not every part has every subgraph.
  if (!answers.some(({ ok }) => ok)) throw new CacheCommandError(problems('Nothing was invalidated', answers));
  const counts = answers.map((answer) => (answer.ok ? countSchema.parse(answer.body).count : 0));
  return `Removed ${counts.reduce((sum, count) => sum + count, 0)} cached records.`;
}

type Answer = { ok: true; body: unknown } | { ok: false; problem: string };

async function post(url: string, path: string, body: unknown, key: string): Promise<Answer> {
  const headers = { authorization: key, 'content-type': 'application/json' };
  try {
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer: unknown = await response.json();
    return response.ok ? { ok: true, body: answer } : { ok: false, problem: `${url}: ${reasonOf(answer)}` };
  } catch {
    return { ok: false, problem: `${url}: does not answer` };
  }
}

const errorSchema = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });

function reasonOf(answer: unknown): string {
  const parsed = errorSchema.safeParse(answer);
  return parsed.success ? parsed.data.errors[0]!.message : 'answered something else than expected';
}

function problems(title: string, answers: readonly Answer[]): string {
  return [`${title}.`, ...answers.flatMap((answer) => (answer.ok ? [] : [answer.problem]))].join('\n  ');
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new CacheCommandError(isNativeError(error) ? error.message : 'Wrong arguments', { cause: error });
  }
}

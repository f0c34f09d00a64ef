import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import { type AuditEntry, CUT, foundBy } from './entry.ts';
import { type Reading, renderReadings } from './render.ts';
import { shortReference } from './short-reference.ts';

export interface AuditCommandDeps {
  /** Reads the entries that are found by any of these; null when neither Redis nor a file is set. */
  read: ((references: readonly string[], since: Date | null) => Promise<AuditEntry[]>) | null;
  readFile(path: string, references: readonly string[], since: Date | null): Promise<AuditEntry[]>;
  /** All references of a customer, as the graph at this address knows them; none when it knows no such customer. */
  askGraph(url: string, id: string): Promise<string[]>;
  now: Date;
}

/** `answer` is what a script reads, on stdout; `note` is for the person, on stderr. */
export interface AuditCommandOutput {
  answer: string;
  note: string;
}

/** What is wrong with the command, told without a stack. */
export class AuditCommandError extends Error {
  override name = 'AuditCommandError';
}

const USAGE = `npm run audit -- --customer ID [--graph URL] [--since WHEN] [--file PATH] [--json]

  Who has read, or tried to read, this customer's personal and financial data.

  --customer  The customer's id or any reference, as hubspot:contact:501
  --graph     Address of the graph (http://localhost:4000/graphql). It is asked, with the token in AUDIT_TOKEN, for all
              references of the customer, and each of them is looked for. Without it only the one reference is: reads of the
              whole customer stand under every reference, reads of one order or invoice only under its own buyer's.
  --since     A day (2026-11-01), an instant, or so many days back (30d). Default: all that is kept
  --file      Reads this file of audit lines; default: the Redis of REDIS_URL, else AUDIT_FILE
  --json      One JSON object a line
`;

const OPTIONS = {
  customer: { type: 'string' },
  graph: { type: 'string' },
  since: { type: 'string' },
  file: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** Answers who has read a person's data. It never prints a value, nor anybody else's reference. */
export async function runAuditCommand(args: readonly string[], deps: AuditCommandDeps): Promise<AuditCommandOutput> {
  const { customer, graph, since, file, json = false } = parse(args);
  if (customer === undefined) throw new AuditCommandError(USAGE);
  const references = await referencesOf(customer, graph, deps);
  const read = file === undefined ? deps.read : deps.readFile.bind(null, file);
  if (read === null) throw new AuditCommandError('Set REDIS_URL or AUDIT_FILE, or name the audit with --file');
  const entries = await read([...references, CUT], since === undefined ? null : toInstant(since, deps.now));
  const readings = entries.map((entry) => toReading(entry, references));
  return {
    answer: json ? readings.map((reading) => JSON.stringify(reading)).join('\n') : renderReadings(readings),
    note: noteOf(readings, references, graph),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new AuditCommandError(`${isNativeError(error) ? error.message : String(error)}\n\n${USAGE}`);
  }
}

async function referencesOf(customer: string, graph: string | undefined, deps: AuditCommandDeps): Promise<string[]> {
  const own = shortReference(customer);
  if (own === null) throw new AuditCommandError('--customer: expected an id of the graph, as hubspot:contact:501');
  const others = graph === undefined ? [] : await deps.askGraph(graph, customer);
  const all = [own, ...others.map(shortReference).filter((one) => one !== null)];
  return [...new Set(all)];
}

function toReading(entry: AuditEntry, references: readonly string[]): Reading {
  const { time, requestId, client, issuer, subject, actor, operation, outcome, allowed, denied } = entry;
  const found = new Set(foundBy(entry));
  const matched = references.filter((reference) => found.has(reference));
  return { time, client, issuer, subject, actor, operation, outcome, allowed, denied, matched, requestId };
}

function noteOf(readings: readonly Reading[], references: readonly string[], graph: string | undefined): string {
  const counted = `${readings.length} ${readings.length === 1 ? 'entry' : 'entries'} for ${references.join(', ')}`;
  const hint = 'Its other references were not looked for; --graph URL asks the graph for them.';
  return graph === undefined ? `${counted}\n${hint}` : counted;
}

const DAY_MS = 86_400_000;

function toInstant(text: string, now: Date): Date {
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  const time = days === undefined ? Date.parse(text) : now.getTime() - Number(days) * DAY_MS;
  if (Number.isNaN(time)) throw new AuditCommandError('--since: expected a day, as 2026-11-01, or as 30d');
  return new Date(time);
}

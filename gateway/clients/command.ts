import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import type { z } from 'zod';
import { parseRowRules } from '../../common/row-rules.ts';
import { type ClientRecord, clientIdSchema, EMPTY_CLIENT_FILE, parseClientFile, scopeSchema } from './client-file.ts';
import { addClient, EditError, type NewClient, revokeClient, revokeToken, rotateSecret } from './edits.ts';
import { clientKey, EMBEDDED_ISSUER, tokenKey } from './revocation-key.ts';
import { readStateFile } from './state-file.ts';

export interface ClientCommandDeps {
  clientsFile: string;
  /** Tells the replicas that share a Redis; null when none is set. */
  share: ((key: string, untilMs: number | null) => Promise<void>) | null;
  /** Makes a new signing key; answers its id. */
  rotateKeys(isUrgent: boolean): Promise<string>;
  now: Date;
}

/** `answer` is what a script reads, on stdout; `note` is for the person, on stderr. */
export interface CommandOutput {
  note?: string;
  answer?: string;
}

const USAGE = `npm run client -- COMMAND

  add NAME --scope "orders:read customers:read" ROWS [--budget POINTS] [--documents any|trusted] [--expires DATE]
      A new client; prints its secret, once. ROWS is one of
        --all-rows             every customer's records
        --own                  of the one customer whom each token names
        --customers REF,REF    of these customers (woo:customer:12)   these three
        --channels CODE,CODE   of these sales channels (allegro)       may stand
        --owner REF,REF        of these owners or teams in the CRM     together
      --budget is in cost points a minute, --expires as 2027-01-31.
      --documents trusted: only operations that "npm run documents" registered.
  list
  rotate NAME [--overlap HOURS]
      A new secret; the old one works for 24 hours more. --overlap 0 ends it now.
  revoke NAME
      For good, with all its tokens.
  revoke-token ID [--issuer ADDRESS]
      One token, by its jti claim; --issuer when the embedded issuer did not give it.
  rotate-keys [--urgent]
      A new signing key. --urgent: the old one verifies no longer.
`;

const OPTIONS = {
  scope: { type: 'string' },
  'all-rows': { type: 'boolean' },
  own: { type: 'boolean' },
  customers: { type: 'string' },
  channels: { type: 'string' },
  owner: { type: 'string' },
  budget: { type: 'string' },
  documents: { type: 'string' },
  expires: { type: 'string' },
  overlap: { type: 'string' },
  issuer: { type: 'string' },
  urgent: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];

/** Longer than tokens of issuers outside live; the embedded issuer's live an hour at most. */
const TOKEN_LIFE_MS = 90 * 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** Runs one command of the operator. Throws EditError for what they got wrong. */
export async function runClientCommand(args: readonly string[], deps: ClientCommandDeps): Promise<CommandOutput> {
  const { positionals, values } = parse(args);
  const [command = '', name = '', ...rest] = positionals;
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run || rest.length > 0) throw new EditError(USAGE);
  return run(name, values, deps);
}

type Command = (name: string, values: Values, deps: ClientCommandDeps) => Promise<CommandOutput>;

const COMMANDS: Readonly<Record<string, Command>> = {
  add: async (name, values, { clientsFile, now }) => {
    const secret = await addClient(clientsFile, toNewClient(name, values), now);
    return { note: `Client ${name} added. Its secret cannot be shown again:`, answer: secret };
  },
  list: async (_name, _values, { clientsFile, now }) => {
    const text = await readStateFile(clientsFile);
    const { clients } = text === null ? EMPTY_CLIENT_FILE : parseClientFile(clientsFile, text);
    return clients.length === 0 ? { note: 'No clients yet.' } : { answer: table(clients, now) };
  },
  rotate: async (name, { overlap = '24' }, { clientsFile, now }) => {
    const hours = wholeNumber(overlap, '--overlap', 'hours');
    const secret = await rotateSecret(clientsFile, name, hours * HOUR_MS, now);
    return { note: `Client ${name} has a new secret; the old one works for ${hours} hours more:`, answer: secret };
  },
  revoke: async (name, _values, { clientsFile, share, now }) => {
    await revokeClient(clientsFile, name, now);
    await share?.(clientKey(name), null);
    return { note: `Client ${name} is revoked, with all its tokens.` };
  },
  'revoke-token': async (id, { issuer = EMBEDDED_ISSUER }, { clientsFile, share, now }) => {
    if (id === '') throw new EditError('Expected the id of a token, its jti claim');
    const until = new Date(now.getTime() + TOKEN_LIFE_MS);
    await revokeToken(clientsFile, { issuer, id, until }, now);
    await share?.(tokenKey(issuer, id), until.getTime());
    return { note: 'The token is revoked.' };
  },
  'rotate-keys': async (_name, { urgent = false }, { rotateKeys }) => {
    const kid = await rotateKeys(urgent);
    const when = urgent ? 'at once; tokens of the old one are refused' : 'in a quarter of an hour';
    return { note: `The new signing key ${kid} signs ${when}.` };
  },
};

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Node's message names the option and quotes no value.
    throw new EditError(isNativeError(error) ? error.message : 'Wrong arguments', { cause: error });
  }
}

function toNewClient(name: string, values: Values): NewClient {
  const { scope = '', budget, documents = null, expires } = values;
  if (documents !== null && documents !== 'any' && documents !== 'trusted') {
    throw new EditError('--documents: expected any or trusted');
  }
  return {
    id: checked(clientIdSchema, name),
    scopes: [...new Set(scope.split(/[ ,]+/).filter((one) => one !== ''))].map((one) => checked(scopeSchema, one)),
    rows: toRows(values),
    budget: budget === undefined ? null : wholeNumber(budget, '--budget', 'points'),
    documents,
    expiresAt: expires === undefined ? null : toInstant(expires),
  };
}

/** Asked for explicitly: to forget it must not open everything. */
function toRows(values: Values): ClientRecord['rows'] {
  const { customers, channels, owner } = values;
  const lists = Object.entries({ customers, channels, owner }).filter(([, list]) => list !== undefined);
  const ways = [values['all-rows'], values.own, lists.length > 0].filter(Boolean);
  if (ways.length !== 1) throw new EditError('Say which rows: --all-rows, --own, or --customers, --channels, --owner');
  if (values['all-rows']) return 'all';
  if (values.own) return 'own';
  const rules = Object.fromEntries(lists.map(([rule, list]) => [rule, list!.split(',').map((one) => one.trim())]));
  if (parseRowRules(rules).kind !== 'restricted') {
    throw new EditError('Expected references as woo:customer:12 in --customers and --owner, codes in --channels');
  }
  return rules;
}

function checked(schema: z.ZodType<string>, text: string): string {
  const parsed = schema.safeParse(text);
  if (!parsed.success) throw new EditError(parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data;
}

function wholeNumber(text: string, option: string, unit: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new EditError(`${option}: expected a number of ${unit}`);
  return Number(text);
}

function toInstant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new EditError('--expires: expected a date, as 2027-01-31');
  return new Date(time).toISOString();
}

function table(clients: readonly ClientRecord[], now: Date): string {
  const rows = clients.map((client) => [
    client.id,
    stateOf(client, now),
    client.budget === null ? 'default' : String(client.budget),
    typeof client.rows === 'string' ? client.rows : JSON.stringify(client.rows),
    client.scopes.join(' '),
  ]);
  const all = [['NAME', 'STATE', 'BUDGET', 'ROWS', 'SCOPES'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function stateOf({ revokedAt, expiresAt, secrets }: ClientRecord, now: Date): string {
  if (revokedAt !== null) return `revoked ${revokedAt.slice(0, 10)}`;
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) return `expired ${expiresAt.slice(0, 10)}`;
  const living = secrets.filter((secret) => secret.expiresAt === null || Date.parse(secret.expiresAt) > now.getTime());
  if (living.length > 1) return `active, ${living.length} secrets`;
  return expiresAt === null ? 'active' : `active until ${expiresAt.slice(0, 10)}`;
}

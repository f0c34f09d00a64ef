import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLogger } from '../common/log.ts';
import { createCompany, readCompanySources } from '../gateway/all-in-one/company.ts';
import { sandboxEnvironment } from '../gateway/all-in-one/sandbox-environment.ts';
import { addClient } from '../gateway/clients/edits.ts';
import { createFileRegistry } from '../gateway/clients/registry.ts';
import { createKeyFileRing } from '../gateway/issuer/key-file.ts';
import { audienceOf } from '../gateway/issuer/settings.ts';
import { signTokenFor } from '../gateway/issuer/token-command.ts';
import { startSandbox } from '../sandbox/start.ts';
import { createSealer } from '../subgraphs/shared/seal.ts';
import { startSubgraphServer } from '../subgraphs/shared/subgraph.ts';
import { CUSTOMER_360 } from '../test/e2e/customer-360.ts';
import { ALL_SCOPES } from '../test/e2e/test-client.ts';
import { type MeasuredServer, named, print, startMeasured } from './measured-process.ts';

/**
 * What tokens, rights, budgets and the audit cost: the same customer 360, with and without them. All gateways stay up and
 * take short turns, so that what else the machine does falls on each alike; a round's turns are compared with each other
 * alone. New processes now and then, because two of the same program differ for good by how they were compiled.
 */
const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '1.5' },
  },
});

const PUBLIC_URL = 'http://localhost';
const log = createLogger({ level: 'silent', name: 'bench' });
const folder = await mkdtemp(join(tmpdir(), 'bench-'));
await using stack = new AsyncDisposableStack();
stack.defer(() => rm(folder, { recursive: true }));
const sandbox = stack.use(await startSandbox({ customers: 100 }));
const company = createCompany(readCompanySources(sandboxEnvironment(sandbox)), {
  sealer: createSealer([{ id: 'k1', secret: Buffer.alloc(32, 7) }]),
  clock: sandbox.clock,
  log,
  publicUrl: PUBLIC_URL,
});
stack.defer(company.close);

/** Each subgraph behind HTTP of its own, so that the gateway's processor time is the gateway's alone. */
async function startSubgraphs(): Promise<Record<string, string>> {
  const names = ['identity', 'crm', 'shop', 'accounting'] as const;
  const entries = names.map(async (name) => {
    const subgraph = { name, transport: company.transportOf(name) } as Parameters<typeof startSubgraphServer>[0];
    const server = stack.use(await startSubgraphServer(subgraph, { port: 0, log }));
    return [`SUBGRAPH_${name.toUpperCase()}_URL`, `${server.url}/graphql`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function tokenFor(clientId: string): Promise<string> {
  const path = join(folder, 'clients.json');
  await addClient(
    path,
    { id: clientId, scopes: [...ALL_SCOPES], rows: 'all', budget: 1_000_000_000, expiresAt: null },
    new Date(),
  );
  return signTokenFor(
    { clientId, scope: null, own: null },
    {
      registry: createFileRegistry({ path, log }),
      keyRing: await createKeyFileRing({ path: join(folder, 'issuer-keys.json'), log }),
      issuer: PUBLIC_URL,
      audience: audienceOf(PUBLIC_URL),
      ttlSeconds: 3600,
    },
  );
}

const subgraphs = await startSubgraphs();
const token = await tokenFor('bench');
const [customer] = sandbox.dataset.truth().customers.filter(({ references }) => references.length > 3);
const load = {
  bodyOf: (name: string) =>
    JSON.stringify({ query: named(CUSTOMER_360, name), variables: { id: customer!.references[0] } }),
  connections: 8,
};
const withToken = { authorization: `Bearer ${token}` };
const BARE = new URL('./bare-gateway.ts', import.meta.url);
const ALL = new URL('../gateway/main.ts', import.meta.url);
const CONTENDERS = [
  { name: 'nothing', script: BARE, headers: {}, own: {} },
  { name: 'rights', script: BARE, headers: withToken, own: { BENCH_RIGHTS: 'true' } },
  { name: 'all', script: ALL, headers: withToken, own: {} },
] as const;
type Name = (typeof CONTENDERS)[number]['name'];
const settings = {
  ...subgraphs,
  STATE_DIR: folder,
  PUBLIC_URL,
  AUDIT_FILE: join(folder, 'audit.log'),
  // How many of these equal requests share a call is chance, and would be most of the difference.
  SHARE_CALLS_MS: '0',
};

/** Milliseconds of processor time for a request, by gateway. */
type Round = Record<Name, number>;
const warm: Round[] = [];
const cold: Round[] = [];

/** Each in another order, since whoever comes next may gain from the caches of the one before. */
async function inTurns(round: number, measureOne: (name: Name) => Promise<number>): Promise<Round> {
  const turns: Round = { nothing: 0, rights: 0, all: 0 };
  for (let index = 0; index < CONTENDERS.length; index += 1) {
    const { name } = CONTENDERS[(round + index) % CONTENDERS.length]!;
    turns[name] = await measureOne(name);
  }
  return turns;
}

for (let start = 0; start < Number(values.starts); start += 1) {
  await using running = new AsyncDisposableStack();
  const servers = new Map<Name, MeasuredServer>();
  for (const { name, script, headers, own } of CONTENDERS) {
    servers.set(name, running.use(await startMeasured(script, { ...settings, ...own }, { ...load, headers })));
  }
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const turn = async (name: Name) => {
      const { cpuMs, answer } = await servers.get(name)!.turn(Number(values.seconds));
      if (JSON.stringify(answer).includes('UNAUTHORIZED')) throw new Error('The token does not open the query');
      return cpuMs;
    };
    warm.push(await inTurns(round, turn));
    cold.push(await inTurns(round, (name) => servers.get(name)!.cold()));
    print(`warm ${describe(warm.at(-1)!)}   cold ${describe(cold.at(-1)!)}`);
  }
}

function describe(round: Round): string {
  return CONTENDERS.map(({ name }) => `${name} ${round[name].toFixed(2)} ms`).join(', ');
}

interface Cost {
  /** The median of the rounds' own ratios. */
  ofRounds: number;
  /** Of the quietest quarter of each gateway's turns: what else the machine does can only add. */
  quiet: number;
}

function cost(rounds: readonly Round[], name: Name): Cost {
  const quarter = (values: readonly number[]) => quantile(values, 0.25);
  return {
    ofRounds: toRatio(
      quantile(
        rounds.map((round) => round[name] / round.nothing),
        0.5,
      ),
    ),
    quiet: toRatio(quarter(rounds.map((round) => round[name])) / quarter(rounds.map((round) => round.nothing))),
  };
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)]!;
}

function toRatio(value: number): number {
  return Number(value.toFixed(3));
}

const result = {
  warm: { rights: cost(warm, 'rights'), all: cost(warm, 'all') },
  cold: { rights: cost(cold, 'rights'), all: cost(cold, 'all') },
};
print(`\nprocessor time per request as a multiple of the gateway without any of it, ${warm.length} rounds`);
print('                                         quietest quarter   median of the rounds');
for (const state of ['warm', 'cold'] as const) {
  const { rights, all } = result[state];
  print(
    `  ${state}   tokens and field rights        ${rights.quiet.toFixed(3)}              ${rights.ofRounds.toFixed(3)}`,
  );
  print(`  ${state}   with budgets and the audit     ${all.quiet.toFixed(3)}              ${all.ofRounds.toFixed(3)}`);
}
print(JSON.stringify(result));

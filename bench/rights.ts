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
import { format, type MeasuredProcess, measureProcess, median, named, print } from './measured-process.ts';

/** What tokens, rights, budgets and the audit cost: the same customer 360, with and without them, in turns. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '6' } },
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
  seconds: Number(values.seconds),
};
const withToken = { authorization: `Bearer ${token}` };
const BARE = new URL('./bare-gateway.ts', import.meta.url);
const CONTENDERS = [
  { name: 'nothing', script: BARE, headers: {}, own: {} },
  { name: 'rights', script: BARE, headers: withToken, own: { BENCH_RIGHTS: 'true' } },
  { name: 'all of it', script: new URL('../gateway/main.ts', import.meta.url), headers: withToken, own: {} },
] as const;
const settings = { ...subgraphs, STATE_DIR: folder, PUBLIC_URL, AUDIT_FILE: join(folder, 'audit.log') };
const results = new Map<string, MeasuredProcess[]>(CONTENDERS.map(({ name }) => [name, []]));
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const { name, script, headers, own } of CONTENDERS) {
    const measured = await measureProcess(script, { ...settings, ...own }, { ...load, headers });
    if (JSON.stringify(measured.answer).includes('UNAUTHORIZED')) throw new Error('The token does not open the query');
    results.get(name)!.push(measured);
    print(`${name.padEnd(14)} ${format(measured)}`);
  }
}
print(
  `\nprocessor time per request, medians of ${values.rounds} rounds, as a multiple of the gateway without any of it`,
);
for (const [state, of] of [
  ['warm', ({ cpuMs }: MeasuredProcess) => cpuMs],
  ['cold', ({ coldCpuMs }: MeasuredProcess) => coldCpuMs],
] as const) {
  const [nothing, rights, all] = CONTENDERS.map(({ name }) => median(results.get(name)!.map(of)));
  print(`  ${state}   tokens and field rights          ${(rights! / nothing!).toFixed(3)}`);
  print(`  ${state}   with row rules, budgets, audit   ${(all! / nothing!).toFixed(3)}`);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addClient } from '../../gateway/clients/edits.ts';
import { requestToken } from '../../gateway/issuer/token-command.ts';
import { startService } from './service-process.ts';
import { ALL_SCOPES } from './test-client.ts';

/** The whole product as a process of its own, so that what it needs can be told from what a test needs. */
export interface ProductProcess extends AsyncDisposable {
  url: string;
  adminUrl: string;
  /** Of a client that may see everything and ask as often as it likes. */
  token: string;
}

/** `env` points at the systems. */
export async function startProductProcess(env: Readonly<Record<string, string>>): Promise<ProductProcess> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'product-'));
  started.defer(() => rm(folder, { recursive: true }));
  const client = { id: 'everything', scopes: [...ALL_SCOPES], rows: 'all', budget: 1_000_000_000, expiresAt: null };
  const secret = await addClient(join(folder, 'clients.json'), client, new Date());
  const settings = {
    STATE_DIR: folder,
    AUDIT_FILE: join(folder, 'audit.log'),
    LOG_LEVEL: 'error',
    PORT: '0',
    ADMIN_PORT: '0',
    ...env,
  };
  const service = started.use(
    await startService('gateway/all-in-one/main.ts', settings, /Metrics (http:\S+)\/metrics/),
  );
  const [, url] = /Health +(http:\S+)\/health/.exec(service.output())!;
  const token = await requestToken(url!, secret, { clientId: client.id, scope: null, own: null });
  const running = started.move();
  return { url: url!, adminUrl: service.url, token, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

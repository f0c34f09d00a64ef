import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { MemoryReport } from './report-memory.ts';

/** The gateway's own service as a process of its own, which tells what memory it holds. */
export interface GatewayProcess extends AsyncDisposable {
  url: string;
  adminUrl: string;
  report(): Promise<MemoryReport>;
  /** Writes a heap snapshot into this file. */
  writeSnapshot(path: string): Promise<void>;
  /** Resolves when it tells, from now on, that it serves a changed supergraph, or that it cannot. */
  changed(outcome: keyof typeof CHANGES): Promise<void>;
}

const CHANGES = {
  served: 'serving the changed supergraph',
  refused: 'the changed supergraph cannot be served; the one before stays',
};
const MAIN = fileURLToPath(new URL('../../gateway/main.ts', import.meta.url));
const REPORT_MEMORY = new URL('./report-memory.ts', import.meta.url);

/** `flags` are V8's. */
export async function startGatewayProcess(
  env: Readonly<Record<string, string>>,
  flags: readonly string[],
): Promise<GatewayProcess> {
  const child = spawn(process.execPath, ['--expose-gc', ...flags, '--import', REPORT_MEMORY.href, MAIN], {
    env: {
      PATH: process.env.PATH!,
      NODE_ENV: 'production',
      PORT: '0',
      SHUTDOWN_DELAY_MS: '0',
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const listening = Promise.withResolvers<{ url: string; admin: string }>();
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The gateway ended with ${code}`);
  });
  ended.catch(() => undefined);
  let onMessage = (_message: string) => {};
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const { msg, url, admin } = JSON.parse(line) as { msg: string; url: string; admin: string };
    if (msg === 'gateway is listening') listening.resolve({ url, admin });
    onMessage(msg);
  });
  const order = async (message: 'report' | { snapshot: string }) => {
    const told = once(child, 'message');
    child.send(message);
    const [answer]: unknown[] = await Promise.race([told, ended]);
    return answer;
  };
  const { url, admin } = await Promise.race([listening.promise, ended]);
  return {
    url,
    adminUrl: admin,
    // Cast: what report-memory.ts sends.
    report: async () => (await order('report')) as MemoryReport,
    writeSnapshot: async (path) => void (await order({ snapshot: path })),
    changed: (outcome) => {
      const told = new Promise<void>((resolve) => {
        onMessage = (message) => message === CHANGES[outcome] && resolve();
      });
      return Promise.race([told, ended]);
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended.catch(() => undefined);
    },
  };
}

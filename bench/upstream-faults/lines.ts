import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Vendor } from '../../sandbox/server/vendors.ts';
import type { Certificate } from '../../test/setup/faults/certificate.ts';
import type { Trouble } from './troubles.ts';

export interface LinesStart {
  targets: Record<Vendor, string>;
  certificate: Certificate;
}

export interface LineOrder {
  vendor: Vendor;
  trouble: Trouble;
}

/** Lines to all vendors, over TLS; each can be disturbed. */
export interface Lines extends AsyncDisposable {
  urls: Record<Vendor, string>;
  set(order: LineOrder): Promise<void>;
}

export async function startLines(start: LinesStart): Promise<Lines> {
  const file = fileURLToPath(new URL('./lines-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask = async (order: LinesStart | LineOrder) => {
    child.send(order);
    const [{ answer }] = (await once(child, 'message')) as [{ answer: unknown }];
    return answer;
  };
  return {
    // Cast: what the process answers to a start.
    urls: (await ask(start)) as Record<Vendor, string>,
    set: async (order) => void (await ask(order)),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

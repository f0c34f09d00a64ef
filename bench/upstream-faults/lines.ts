import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { perVendor, VENDORS, type Vendor } from '../../sandbox/server/vendors.ts';
import type { Certificate } from '../../test/setup/faults/certificate.ts';
import type { Trouble } from './troubles.ts';

export interface LineStart {
  target: string;
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

interface Line extends AsyncDisposable {
  url: string;
  set(trouble: Trouble): Promise<void>;
}

export async function startLines({
  targets,
  certificate,
}: {
  targets: Record<Vendor, string>;
  certificate: Certificate;
}): Promise<Lines> {
  const started = await Promise.all(
    VENDORS.map(async (vendor) => [vendor, await startLine({ target: targets[vendor], certificate })] as const),
  );
  const lines = new Map<Vendor, Line>(started);
  return {
    urls: perVendor((vendor) => lines.get(vendor)!.url),
    set: ({ vendor, trouble }) => lines.get(vendor)!.set(trouble),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...lines.values()].map((line) => line[Symbol.asyncDispose]()));
    },
  };
}

async function startLine(start: LineStart): Promise<Line> {
  const file = fileURLToPath(new URL('./line-process.ts', import.meta.url));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask = async (order: LineStart | { trouble: Trouble }) => {
    child.send(order);
    const [{ answer }] = (await once(child, 'message')) as [{ answer: unknown }];
    return answer;
  };
  return {
    // Cast: what the process answers to a start.
    url: (await ask(start)) as string,
    set: async (trouble) => void (await ask({ trouble })),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

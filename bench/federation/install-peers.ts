import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PEERS } from './gateways.ts';

/** Installs the other gateways, when there are none or other ones than the lock file names. */
export function ensurePeers(): void {
  if (writtenAt('node_modules/.package-lock.json') >= writtenAt('package-lock.json')) return;
  process.stdout.write('installing the gateways to measure against (some 800 MB)\n');
  const { status } = spawnSync('npm', ['ci', '--prefix', PEERS], { cwd: PEERS, stdio: 'inherit' });
  if (status !== 0) throw new Error(`"npm ci" failed in ${PEERS}`);
}

function writtenAt(file: string): number {
  return statSync(join(PEERS, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that goes with this process, however it ends. */
export function createTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-federation-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIVE_DIRECTORY, MEDUSA_TEMPLATE } from './paths.ts';
import { run } from './processes.ts';

const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** Installs Medusa into .live/medusa unless the same versions are there already; answers that folder. */
export async function installMedusa(): Promise<string> {
  const directory = join(LIVE_DIRECTORY, 'medusa');
  await mkdir(directory, { recursive: true });
  await cp(MEDUSA_TEMPLATE, directory, { recursive: true });
  await installPackages(directory, 'Medusa (about 680 MB)');
  return directory;
}

/**
 * `npm install` of a folder's package.json, skipped when the last complete install was of the same file. Install
 * scripts are off: nothing here needs a compiler.
 */
export async function installPackages(directory: string, what: string): Promise<void> {
  const marker = join(directory, 'node_modules', '.installed-package.json');
  const wanted = await readFile(join(directory, 'package.json'), 'utf8');
  if ((await readFile(marker, 'utf8').catch(() => null)) === wanted) return;
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  try {
    await run({ command: 'npm', args, cwd: directory, timeoutMs: INSTALL_TIMEOUT_MS });
  } catch (cause) {
    throw new Error(`Cannot install ${what} into ${directory} with npm. Is the npm registry reachable?`, { cause });
  }
  await writeFile(marker, wanted);
}

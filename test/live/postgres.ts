import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from './postgres-binaries.ts';
import { freePort, run, type Server, startServer } from './processes.ts';

export interface Postgres extends Server {
  url: string;
}

const INIT_TIMEOUT_MS = 60_000;
const START_TIMEOUT_MS = 30_000;

/** Losing this database in a crash loses nothing, so it need not wait for the disk. */
const UNSAFE_BUT_FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** A new PostgreSQL cluster in a directory of its own on a free loopback port; close() removes all of it. */
export async function startPostgres(): Promise<Postgres> {
  const home = await mkdtemp(join(tmpdir(), 'jeden-live-'));
  try {
    const user = await unprivilegedUser();
    if (user !== null) await chown(home, user.uid, user.gid);
    const bin = await findPostgres(user === null ? null : join(home, 'programs'));
    const password = await initCluster(bin, home, user);
    const port = await freePort();
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', ...UNSAFE_BUT_FAST];
    const program = {
      command: join(bin, 'postgres'),
      args: ['-D', join(home, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
      cwd: home,
      env: { LC_ALL: 'C', PATH: process.env.PATH ?? '' },
      user,
      // SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients to leave.
      stopSignal: 'SIGINT' as const,
      removeAfter: home,
    };
    const server = await startServer(program, /database system is ready to accept connections/, START_TIMEOUT_MS);
    return { url: `postgres://medusa:${password}@127.0.0.1:${port}/postgres`, close: server.close };
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function initCluster(bin: string, home: string, user: UnixUser | null): Promise<string> {
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(home, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user !== null) await chown(passwordFile, user.uid, user.gid);
  const options = ['--username=medusa', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'];
  const args = ['-D', join(home, 'data'), '--encoding=UTF8', '--locale=C', ...options];
  await run({ command: join(bin, 'initdb'), args, cwd: home, user, timeoutMs: INIT_TIMEOUT_MS });
  await rm(passwordFile);
  return password;
}

interface UnixUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as `postgres` where that user exists, else as `nobody`. */
async function unprivilegedUser(): Promise<UnixUser | null> {
  if (userInfo().uid !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const uid = await run({ command: 'id', args: ['-u', name], timeoutMs: 5_000 }).catch(() => null);
    const gid = await run({ command: 'id', args: ['-g', name], timeoutMs: 5_000 }).catch(() => null);
    if (uid !== null && gid !== null) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root, and neither the user "postgres" nor "nobody" exists.');
}

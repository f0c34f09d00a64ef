import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What holds secrets, or their hashes, is its owner's alone. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const LOCK_RETRY_MS = 20;

/** The file's text; null when there is none. */
export async function readStateFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

export interface StateEdit<T> {
  /** Null leaves the file as it is. */
  text: string | null;
  result: T;
}

/**
 * Reads, changes and writes a file while no other process does. Readers see the old file or the new one, never a part:
 * the new one is written beside it and takes its name.
 */
export async function editStateFile<T>(
  path: string,
  edit: (text: string | null) => StateEdit<T> | Promise<StateEdit<T>>,
  { lockTimeoutMs = 5000 }: { lockTimeoutMs?: number } = {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
  const unlock = await lock(`${path}.lock`, lockTimeoutMs);
  try {
    const { text, result } = await edit(await readStateFile(path));
    if (text !== null) await replaceFile(path, text);
    return result;
  } finally {
    await unlock();
  }
}

/**
 * A lock that its owner left behind is not broken: two who break it at once would both hold one. An edit takes
 * milliseconds, so a lock that stays is a crash, and the message says what to do.
 */
async function lock(path: string, timeoutMs: number): Promise<() => Promise<void>> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    try {
      const handle = await open(path, 'wx', FILE_MODE);
      await handle.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
      if (performance.now() > giveUpAt) {
        throw new Error(`Another process is editing. If there is none, remove ${path}`, { cause: error });
      }
      await sleep(LOCK_RETRY_MS);
    }
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomUUID()}.new`;
  try {
    const handle = await open(beside, 'wx', FILE_MODE);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

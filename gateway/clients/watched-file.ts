import { stat } from 'node:fs/promises';
import { CodedError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { readStateFile } from './state-file.ts';

export interface WatchedFileOptions<T> {
  path: string;
  /** Throws for what must not be believed; null is no file. */
  parse(text: string | null): T;
  log: Logger;
  /** How often the file is looked at, default 1000. */
  checkEveryMs?: number;
  /** How long the last good content counts while the present one can't be read, default an hour. */
  maxStaleMs?: number;
  now?: () => number;
}

const HOUR_MS = 3_600_000;

/**
 * What a file says now; the same object until it changes. It is looked at when somebody asks, so an answer is never
 * older than `checkEveryMs`. A file that can't be read is told to the log, and the last good content stays in force for
 * a while: one mistyped comma must not lock out everybody at once, and yet a change behind it must not wait for ever.
 */
export function createWatchedFile<T>(options: WatchedFileOptions<T>): () => Promise<T> {
  const { path, parse, log, checkEveryMs = 1000, maxStaleMs = HOUR_MS, now = Date.now } = options;
  let known: { content: T; goodAtMs: number } | null = null;
  let seen: { mark: string; isGood: boolean } | null = null;
  let checkedAtMs = Number.NEGATIVE_INFINITY;
  let checking: Promise<void> | null = null;

  const check = async () => {
    // The mark is taken before the read: a change in between is seen at the next look.
    const mark = await markOf(path);
    if (known && seen?.isGood && seen.mark === mark) {
      known.goodAtMs = now();
      return;
    }
    const isNews = seen?.mark !== mark;
    try {
      known = { content: parse(await readStateFile(path)), goodAtMs: now() };
      seen = { mark, isGood: true };
    } catch (err) {
      seen = { mark, isGood: false };
      if (isNews) log.error({ err, path }, 'a file cannot be read; its last good content stays in force for a while');
    }
  };
  return async () => {
    if (now() - checkedAtMs >= checkEveryMs) {
      checking ??= check().finally(() => {
        checkedAtMs = now();
        checking = null;
      });
    }
    await checking;
    if (known && now() - known.goodAtMs <= maxStaleMs) return known.content;
    throw new CodedError('AUTHENTICATION_UNAVAILABLE', 'Clients and keys are not known now');
  };
}

/** Changes whenever the file does. */
async function markOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return 'none';
  }
}

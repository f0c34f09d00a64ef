import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface FileWatch {
  close(): Promise<void>;
}

export interface FileWatchOptions {
  path: string;
  /** What the file held when the watch began. */
  known: string;
  /** Called with each new text, one after the other. Must not throw. */
  onChange(text: string): Promise<void>;
  /** Called when the file cannot be read. */
  onUnreadable(error: unknown): void;
  /** How often to look without being told, default 5000: some file systems tell nothing. */
  pollMs?: number;
}

/** Files are often written in two steps: empty, then full. */
const SETTLE_MS = 50;

/**
 * Tells when a file's text changes, however it is changed: written, replaced by renaming (editors), or behind a
 * symbolic link that moves (Kubernetes). So it watches the folder, polls as well, and compares texts.
 */
export function watchFile(options: FileWatchOptions): FileWatch {
  const { path, onChange, onUnreadable, pollMs = 5000 } = options;
  let { known } = options;
  let isReadable = true;
  let settling: NodeJS.Timeout | undefined;
  let checking: Promise<void> = Promise.resolve();

  async function check(): Promise<void> {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isReadable) onUnreadable(error);
      return null;
    });
    isReadable = text !== null;
    if (text === null || text === known) return;
    known = text;
    await onChange(text);
  }

  function checkSoon(): void {
    clearTimeout(settling);
    settling = setTimeout(checkNext, SETTLE_MS);
  }

  function checkNext(): void {
    checking = checking.then(check);
  }

  const stopWatching = watchFolder(dirname(path), checkSoon);
  const polling = setInterval(checkNext, pollMs);
  polling.unref();
  return {
    async close() {
      stopWatching();
      clearInterval(polling);
      clearTimeout(settling);
      await checking;
    },
  };
}

/** Where the system cannot watch, polling has to do. */
function watchFolder(folder: string, onEvent: () => void): () => void {
  try {
    const watcher = watch(folder, { persistent: false }, onEvent);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

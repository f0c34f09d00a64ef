import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type DestinationStream, pino } from 'pino';
import type { AuditSink } from './audit.ts';

/** Lines of JSON with the name `audit`: in the file, or on stdout among the other lines. */
export async function createLogSink(path: string | null): Promise<AuditSink> {
  return path === null ? createStdoutSink() : createFileSink(path);
}

function createStdoutSink(): AuditSink {
  const log = createEntryLog(pino.destination({ dest: 1, sync: true }));
  return { name: 'stdout', write: async (entry) => log.info(entry), close: async () => {} };
}

/** Who read whose data is its owner's alone to know. */
const FILE_MODE = 0o600;

/** Appends, so a rotating program may copy and truncate it. */
async function createFileSink(path: string): Promise<AuditSink> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', FILE_MODE);
  let line = '';
  const log = createEntryLog({
    write: (text) => {
      line = text;
    },
  });
  const appender = createAppender((text) => file.appendFile(text));
  return {
    name: 'file',
    write: (entry) => {
      log.info(entry);
      return appender.append(line);
    },
    close: async () => {
      await appender.idle();
      await file.close();
    },
  };
}

/**
 * One write after the other, since two at once could mix; what comes during one goes out together with the next. Each
 * append resolves when its own text is written, and rejects when it is not.
 */
function createAppender(write: (text: string) => Promise<void>) {
  let last: Promise<unknown> = Promise.resolve();
  let gathering: { lines: string[]; writing: Promise<void> } | null = null;

  function gather(): { lines: string[]; writing: Promise<void> } {
    const lines: string[] = [];
    const writing = last.then(() => {
      gathering = null;
      return write(lines.join(''));
    });
    last = writing.catch(() => {});
    return { lines, writing };
  }

  return {
    append(line: string): Promise<void> {
      gathering ??= gather();
      gathering.lines.push(line);
      return gathering.writing;
    },
    idle: () => last,
  };
}

/** Not scrubbed as other logs are: entries hold no value, and an issuer may call its people by their e-mail address. */
function createEntryLog(destination: DestinationStream) {
  return pino({ level: 'info', base: { name: 'audit' }, timestamp: false }, destination);
}

import { CodedError } from '../../common/errors.ts';
import type { Logger } from '../../common/log.ts';
import { type AuditEntry, type AuditedRequest, toEntry } from './entry.ts';
import { DEFAULT_AUDIT_SCOPES } from './sensitive-fields.ts';

/** One place where entries are kept. */
export interface AuditSink {
  /** As the log calls it. */
  name: string;
  /** Resolves when the entry is kept; rejects when it can't be. */
  write(entry: AuditEntry): Promise<void>;
  close(): Promise<void>;
}

export interface Audit {
  /** Fields whose rule names one of these are recorded. */
  scopes: readonly string[];
  /**
   * Call it before the answer goes out. Resolves at once, whatever becomes of the entry; where the audit is required it
   * resolves when the entry is kept everywhere, and throws AUDIT_UNAVAILABLE when it is not: then the answer must not go out.
   */
  record(request: AuditedRequest): Promise<void>;
  /** Entries that a place did not keep, since the start. */
  lost(): number;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

export interface AuditOptions {
  sinks: readonly AuditSink[];
  /** Default: of personal and financial data. */
  scopes?: readonly string[];
  /** Default false. */
  isRequired?: boolean;
  log: Logger;
  now?: () => Date;
}

/** Entries that may wait for a slow place; what comes beyond them is lost rather than kept in memory. */
const MAX_PENDING = 5000;

export function createAudit(options: AuditOptions): Audit {
  const { sinks, scopes = DEFAULT_AUDIT_SCOPES, isRequired = false, log, now = () => new Date() } = options;
  const places = sinks.map((sink) => watchSink(sink, log));

  async function keep(entry: AuditEntry): Promise<void> {
    const kept = await Promise.all(places.map((place) => place.write(entry)));
    if (isRequired && kept.includes(false)) {
      throw new CodedError('AUDIT_UNAVAILABLE', 'This reading could not be recorded, so it is not answered');
    }
  }

  return {
    scopes,
    record: async (request) => {
      const entry = toEntry(request, now());
      if (entry === null) return;
      const keeping = keep(entry);
      if (isRequired) await keeping;
    },
    lost: () => places.reduce((sum, place) => sum + place.lost(), 0),
    close: async () => {
      await Promise.all(places.map((place) => place.close()));
    },
  };
}

/** Never rejects: what is lost is counted, and told in one line when it begins and one when it is over. */
function watchSink(sink: AuditSink, log: Logger) {
  const pending = new Set<Promise<boolean>>();
  let lost = 0;
  let lostBefore: number | null = null;

  async function write(entry: AuditEntry): Promise<boolean> {
    try {
      if (pending.size >= MAX_PENDING) throw new Error(`${MAX_PENDING} entries wait already`);
      await sink.write(entry);
      if (lostBefore !== null) log.warn({ sink: sink.name, lost: lost - lostBefore }, 'the audit is kept again');
      lostBefore = null;
      return true;
    } catch (err) {
      if (lostBefore === null) log.error({ err, sink: sink.name }, 'the audit cannot be kept: entries are lost');
      lostBefore ??= lost;
      lost += 1;
      return false;
    }
  }

  return {
    write(entry: AuditEntry): Promise<boolean> {
      const writing = write(entry);
      pending.add(writing);
      // It never rejects.
      void writing.then(() => pending.delete(writing));
      return writing;
    },
    lost: () => lost,
    close: async () => {
      await Promise.all(pending);
      await sink.close();
    },
  };
}

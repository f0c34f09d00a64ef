import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RecordKey, StoredRecord } from './record-store.ts';

/** A record as it stands in Redis: text, because the client's own cache copies text cheaply. */
export interface EncodedRecord {
  record: StoredRecord;
  /** Of its source when it was written. */
  epoch: string;
}

/** Shorter texts get longer by compression and base64. */
const MIN_COMPRESSED = 400;
/** Of a text before compression: what is longer is not ours. */
const MAX_BYTES = 32 * 1024 * 1024;

/** "epoch:fresh until:" stands in front, for scripts to read. Tags are names: see RedisNames. */
export function encodeRecord({ record, epoch }: EncodedRecord): string {
  const { key, value, tags, fetchedAtMs, freshUntilMs, revalidateUntilMs, staleUntilMs } = record;
  const instants = [fetchedAtMs, freshUntilMs, revalidateUntilMs, staleUntilMs];
  const plain = JSON.stringify([key.source, key.type, key.id, ...instants, tags, value]);
  const head = `${epoch}:${Math.floor(freshUntilMs)}:`;
  if (plain.length < MIN_COMPRESSED) return `${head}j${plain}`;
  const packed = deflateRawSync(plain).toString('base64');
  return packed.length < plain.length ? `${head}z${packed}` : `${head}j${plain}`;
}

/** Null for anything that is not the record of this key: garbage, another form, or another key under the same name. */
export function decodeRecord(text: string, key: RecordKey): EncodedRecord | null {
  const [, epoch, body] = /^(\d+):\d+:(.+)$/s.exec(text) ?? [];
  if (epoch === undefined || body === undefined) return null;
  const parts = parse(body);
  if (!Array.isArray(parts) || parts.length !== 9) return null;
  const [source, type, id, fetchedAtMs, freshUntilMs, revalidateUntilMs, staleUntilMs, tags, value] = parts;
  if (source !== key.source || type !== key.type || id !== key.id) return null;
  const instants = { fetchedAtMs, freshUntilMs, revalidateUntilMs, staleUntilMs };
  if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string')) return null;
  if (Object.values(instants).some((instant) => !Number.isFinite(instant))) return null;
  return { record: { key, value, tags, ...instants }, epoch };
}

function parse(text: string): unknown {
  try {
    if (text.startsWith('j')) return JSON.parse(text.slice(1));
    if (!text.startsWith('z')) return null;
    const bytes = inflateRawSync(Buffer.from(text.slice(1), 'base64'), { maxOutputLength: MAX_BYTES });
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

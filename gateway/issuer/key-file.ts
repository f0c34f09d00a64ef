import type { JWK } from 'jose';
import { z } from 'zod';
import { editStateFile } from '../clients/state-file.ts';
import { createWatchedFile, type WatchedFileOptions } from '../clients/watched-file.ts';
import { type CurrentKeyRing, type KeyRing, newSigningKey, type SigningKey } from './signing-key.ts';

const instant = z.iso.datetime();

const keySchema = z.strictObject({
  privateJwk: z.object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    d: z.string(),
    kid: z.string(),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  }),
  /** Published from the start, used from then on: whoever keeps a copy of our keys has the new one before it signs. */
  signsFrom: instant,
  /** When it is forgotten; null while no newer key replaces it. */
  until: instant.nullable(),
});

const fileSchema = z.strictObject({ version: z.literal(1), keys: z.array(keySchema).min(1) });

type KeyFile = z.infer<typeof fileSchema>;

/** Longer than a copy of our keys is kept by those who verify elsewhere. */
const LEAD_MS = 15 * 60_000;
/** Longer than any token of ours lives (issuer-settings.ts). */
const OVERLAP_MS = 2 * 3_600_000;

/** Follows the file of signing keys, and makes it when there is none. */
export async function createKeyFileRing(options: Omit<WatchedFileOptions<KeyFile>, 'parse'>): Promise<CurrentKeyRing> {
  const { path, now = Date.now } = options;
  await makeKeyFile(path, new Date(now()));
  const current = createWatchedFile({ ...options, parse: (text) => parseKeyFile(path, text) });
  let last: { file: KeyFile; ring: KeyRing } | null = null;
  return async () => {
    const file = await current();
    const ring = ringOf(file, now());
    // The same ring while the same keys are in it: what is built upon it need not be built again.
    if (last?.file !== file || !isSame(last.ring, ring)) last = { file, ring };
    return last.ring;
  };
}

async function makeKeyFile(path: string, now: Date): Promise<void> {
  const { privateJwk } = await newSigningKey();
  await editStateFile(path, (text) => {
    if (text !== null) return { text: null, result: undefined };
    return { text: format([{ privateJwk, signsFrom: now.toISOString(), until: null }]), result: undefined };
  });
}

/**
 * Adds a key that signs from a quarter of an hour on, or at once (`isUrgent`: the old one may be in wrong hands). The old
 * ones verify until every token that they signed has expired; urgent: not any more. Answers the new key's id.
 */
export async function rotateKeys(path: string, now: Date, isUrgent: boolean): Promise<string> {
  const { kid, privateJwk } = await newSigningKey();
  const signsFromMs = now.getTime() + (isUrgent ? 0 : LEAD_MS);
  const until = new Date(signsFromMs + OVERLAP_MS).toISOString();
  await editStateFile(path, (text) => {
    const old = text === null || isUrgent ? [] : parseKeyFile(path, text).keys;
    const kept = old.filter((key) => isAlive(key, now.getTime())).map((key) => ({ ...key, until: key.until ?? until }));
    const fresh = { privateJwk, signsFrom: new Date(signsFromMs).toISOString(), until: null };
    return { text: format([...kept, fresh]), result: undefined };
  });
  return kid;
}

function ringOf({ keys }: KeyFile, nowMs: number): KeyRing {
  const alive = keys.filter((key) => isAlive(key, nowMs));
  const byAge = alive.toSorted((a, b) => Date.parse(b.signsFrom) - Date.parse(a.signsFrom));
  const signing = byAge.find(({ signsFrom }) => Date.parse(signsFrom) <= nowMs) ?? byAge.at(-1);
  if (!signing) throw new Error('Expected a signing key that is not over');
  return { signing: toKey(signing), published: byAge.map(toKey) };
}

function isSame(first: KeyRing, second: KeyRing): boolean {
  const idsOf = ({ signing, published }: KeyRing) => [signing, ...published].map(({ kid }) => kid).join(' ');
  return idsOf(first) === idsOf(second);
}

function toKey({ privateJwk }: KeyFile['keys'][number]): SigningKey {
  return { kid: privateJwk.kid, privateJwk };
}

function isAlive({ until }: KeyFile['keys'][number], nowMs: number): boolean {
  return until === null || nowMs < Date.parse(until);
}

/** Quotes nothing of the file. */
function parseKeyFile(path: string, text: string | null): KeyFile {
  try {
    return fileSchema.parse(JSON.parse(text ?? ''));
  } catch {
    throw new Error(`${path} is not a file of signing keys`);
  }
}

function format(keys: readonly { privateJwk: JWK; signsFrom: string; until: string | null }[]): string {
  return `${JSON.stringify({ version: 1, keys }, null, 2)}\n`;
}

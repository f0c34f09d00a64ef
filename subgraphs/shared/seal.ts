import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';

export type SealPurpose = 'claim' | 'records' | 'guest' | 'orderRef' | 'invoiceRef' | 'document' | 'cursor';

/**
 * Deterministic authenticated encryption: equal parts give equal seals, so sealed values can be keys, and nobody can
 * read or forge one. A seal of one purpose does not open as another.
 */
export interface Sealer {
  seal(purpose: SealPurpose, parts: readonly string[]): string;
  /** Throws BAD_USER_INPUT for what this sealer (or a key still in rotation) has not sealed. */
  open(purpose: SealPurpose, sealed: string): string[];
}

export interface SealKey {
  id: string;
  /** 32 bytes. */
  secret: Buffer;
}

/** The first key seals, all open: to rotate, put the new key first and keep the old one until its seals are gone. */
export function createSealer(keys: readonly SealKey[]): Sealer {
  const ciphers = new Map(keys.map((key) => [key.id, createPurposeCiphers(key)]));
  const [first] = keys;
  if (!first || ciphers.size !== keys.length) throw new Error('Expected at least one seal key, and distinct ids');
  return {
    seal: (purpose, parts) =>
      `${first.id}.${ciphers.get(first.id)!(purpose).encrypt(joinParts(parts)).toString('base64url')}`,
    open: (purpose, sealed) => {
      const { keyId, bytes } = splitSealed(sealed);
      const plain = ciphers.get(keyId)?.(purpose).decrypt(bytes);
      return splitParts(plain ?? notOurs());
    },
  };
}

/** Reads the setting "k1:<base64 of 32 bytes>,k2:…". */
export const sealKeysSchema = z.string().transform((text, context): SealKey[] => {
  const keys = text.split(',').map((entry) => {
    const [, id, secret] = /^([a-z0-9]{1,16}):([A-Za-z0-9+/_-]{43}=?)$/.exec(entry.trim()) ?? [];
    return id && secret ? { id, secret: Buffer.from(secret, 'base64') } : null;
  });
  const valid = keys.filter((key) => key !== null);
  if (valid.length === keys.length && new Set(valid.map(({ id }) => id)).size === keys.length) return valid;
  context.addIssue({ code: 'custom', message: 'expected id:base64 of 32 bytes, comma separated, each id once' });
  return z.NEVER;
});

interface Cipher {
  encrypt(plain: Buffer): Buffer;
  decrypt(sealed: Buffer): Buffer | null;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

function createPurposeCiphers(key: SealKey): (purpose: SealPurpose) => Cipher {
  if (key.secret.length !== 32) throw new Error(`Expected a seal key of 32 bytes under the id ${key.id}`);
  const known = new Map<SealPurpose, Cipher>();
  return (purpose) => {
    const cipher = known.get(purpose) ?? createCipher(key, purpose);
    known.set(purpose, cipher);
    return cipher;
  };
}

/** AES-256-GCM whose IV is a MAC of the plain text under a second key: the SIV construction (RFC 5297's idea). */
function createCipher(key: SealKey, purpose: SealPurpose): Cipher {
  // Key objects: with a buffer, Node spends most of a short text's time on finding out what it was given.
  const derive = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', key.secret, '', `jeden/seal/1/${purpose}/${use}`, 32)));
  const encryptionKey = derive('encrypt');
  const macKey = derive('iv');
  const ivOf = (plain: Buffer) => createHmac('sha256', macKey).update(plain).digest().subarray(0, IV_BYTES);
  return {
    encrypt: (plain) => {
      const iv = ivOf(plain);
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, iv);
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt: (sealed) => {
      if (sealed.length < IV_BYTES + TAG_BYTES) return null;
      const iv = sealed.subarray(0, IV_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', encryptionKey, iv, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        const plain = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
        return timingSafeEqual(ivOf(plain), iv) ? plain : null;
      } catch {
        return null;
      }
    },
  };
}

function splitSealed(sealed: string): { keyId: string; bytes: Buffer } {
  const [, keyId, text] = /^([a-z0-9]{1,16})\.([A-Za-z0-9_-]+)$/.exec(sealed) ?? [];
  const bytes = Buffer.from(text ?? '', 'base64url');
  // Base64 ignores trailing bits: without this, several texts would open as one.
  return keyId && bytes.toString('base64url') === text ? { keyId, bytes } : notOurs();
}

/** Each part behind its length, so that no two lists of parts have one encoding. */
function joinParts(parts: readonly string[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, 'utf8');
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

function splitParts(plain: Buffer): string[] {
  const parts: string[] = [];
  for (let offset = 0; offset < plain.length; ) {
    const end = offset + 4 + plain.readUInt32BE(offset);
    parts.push(plain.toString('utf8', offset + 4, end));
    offset = end;
  }
  return parts;
}

function notOurs(): never {
  throw new CodedError('BAD_USER_INPUT', 'Expected an identifier that this graph has given');
}

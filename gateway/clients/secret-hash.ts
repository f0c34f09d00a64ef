import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Node's defaults, 16 MB a hash. Our secrets are 256 random bits: no dictionary holds them, however fast the hash. */
const COST = { N: 16_384, r: 8, p: 1 };
const HASH_BYTES = 32;

const FORMAT = /^scrypt\$16384\$8\$1\$([\w-]{22})\$([\w-]{43})$/;

/** Begins with a name of ours, so that scanners for leaked secrets can find it. */
export function newSecret(): string {
  return `jeden_${randomBytes(32).toString('base64url')}`;
}

/** `scrypt$N$r$p$salt$hash`; the secret cannot be had from it. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, HASH_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

export function isSecretHash(text: string): boolean {
  return FORMAT.test(text);
}

export async function isSecretOf(secret: string, hash: string): Promise<boolean> {
  const [, salt, expected] = FORMAT.exec(hash) ?? [];
  if (!salt || !expected) return false;
  const actual = await derive(secret, Buffer.from(salt, 'base64url'), HASH_BYTES, COST);
  return timingSafeEqual(actual, Buffer.from(expected, 'base64url'));
}

import { createHash } from 'node:crypto';

const PATTERN = /^([a-z][a-z0-9_]{0,63}:[a-z][a-z0-9_]{0,63}):([\x21-\x7e]{1,4096})$/;

/** What vendors' ids are made of: a reference that somebody made up out of an e-mail address is none. */
const PLAIN_ID = /^[\w.~-]{1,100}$/;

/** One that stands for a longer id. */
const DIGEST_MARK = '~';

/**
 * A reference as the audit keeps it: `woo:order:123`. The id of a guest holds what the guest's orders say, sealed, so
 * only its digest is kept: neither now nor with the key can anybody read the person out of the audit. Null for what is
 * no reference.
 */
export function shortReference(reference: unknown): string | null {
  const [, kind, id] = typeof reference === 'string' ? (PATTERN.exec(reference) ?? []) : [];
  if (kind === undefined || id === undefined) return null;
  if (PLAIN_ID.test(id)) return `${kind}:${id}`;
  return `${kind}:${DIGEST_MARK}${createHash('sha256').update(id).digest('base64url').slice(0, 22)}`;
}

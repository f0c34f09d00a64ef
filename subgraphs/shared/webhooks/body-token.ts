import { z } from 'zod';
import { parseJson } from '../upstream/body.ts';
import { isSameSecret } from './same-secret.ts';
import type { Verify } from './webhook.ts';

/** A shared token among the body's own fields: all that some vendors have to prove themselves by. */
export function verifyBodyToken({ field, token }: { field: string; token: string }): Verify {
  const schema = z.object({ [field]: z.string() });
  return ({ body }) => {
    // The fast way: whoever sends this is not known yet.
    const parsed = parseJson(body, false);
    const given = schema.safeParse(parsed.ok ? parsed.value : null).data?.[field];
    return isSameSecret(given ?? '', token) ? 'genuine' : 'unsigned';
  };
}

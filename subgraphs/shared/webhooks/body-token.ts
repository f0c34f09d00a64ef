import { z } from 'zod';
import { isSameSecret } from './same-secret.ts';
import { parseJsonBody, type Verify } from './webhook.ts';

/** A shared token among the body's own fields: all that some vendors have to prove themselves by. */
export function verifyBodyToken({ field, token }: { field: string; token: string }): Verify {
  const schema = z.object({ [field]: z.string() });
  return (request) => {
    const parsed = schema.safeParse(parseJsonBody(request));
    return isSameSecret(parsed.data?.[field] ?? '', token) ? 'genuine' : 'unsigned';
  };
}

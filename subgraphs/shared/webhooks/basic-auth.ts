import { isSameSecret } from './same-secret.ts';
import { headerOf, type Verify } from './webhook.ts';

/** HTTP Basic, for senders that sign nothing. `credentials` is `user:password`. */
export function verifyBasicAuth({ credentials }: { credentials: string }): Verify {
  return (request) => {
    const [, given = ''] = /^basic +([\w+/=-]+)$/i.exec(headerOf(request, 'authorization') ?? '') ?? [];
    return isSameSecret(Buffer.from(given, 'base64').toString('utf8'), credentials) ? 'genuine' : 'unsigned';
  };
}

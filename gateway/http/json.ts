import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpError } from '../../common/http.ts';
import { isUtf8, parseMediaType } from './media-type.ts';

export type ParseJson = (request: FastifyRequest, text: string) => unknown;

/**
 * Makes the server take bodies of JSON in UTF-8 and nothing else (415): every other type could be sent by a page of
 * another site without asking first. Returns how it parses, for JSON in URLs.
 */
export function acceptOnlyJson(server: FastifyInstance): ParseJson {
  // Fastify's own refuses keys named __proto__, with which code further on could be led astray.
  const parser = server.getDefaultJsonParser('error', 'error');
  const parse: ParseJson = (request, text) => {
    const parsed: { error: Error | null; value: unknown } = { error: null, value: undefined };
    // It calls back before it returns.
    void parser(request, text, (error, value) => Object.assign(parsed, { error, value }));
    if (parsed.error) throw new HttpError(400, 'Expected JSON');
    return parsed.value;
  };
  server.addHook('onRequest', refuseEncoded);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    async (request: FastifyRequest, body: string) => {
      const type = parseMediaType(request.headers['content-type'] ?? '');
      if (type?.type !== 'application/json' || !isUtf8(type)) {
        throw new HttpError(415, 'Expected a body of application/json in UTF-8');
      }
      return parse(request, body);
    },
  );
  return parse;
}

/** A compressed body is small on the way and may be anything when it is read: refused before it is. */
async function refuseEncoded({ headers }: FastifyRequest): Promise<void> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return;
  throw new HttpError(415, 'Send the body without Content-Encoding', { 'accept-encoding': 'identity' });
}

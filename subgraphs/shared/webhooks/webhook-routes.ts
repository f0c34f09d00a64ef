import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { HttpError } from '../../../common/http.ts';
import type { Logger } from '../../../common/log.ts';
import type { Receive, WebhookOutcome } from './receive.ts';
import type { SourceWebhook, WebhookRequest } from './webhook.ts';

export type OnWebhook = (event: { source: string; outcome: WebhookOutcome }) => void;

interface WebhookRouteDeps {
  webhooks: readonly SourceWebhook[];
  receive: Receive;
  /** The address under which the world reaches this server; signatures may cover it. */
  publicUrl(): string;
  log: Logger;
  onWebhook: OnWebhook;
}

/** A WooCommerce order of 500 lines is some 400 KB; HubSpot's hundred events are 40. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

const REFUSALS: Partial<Record<WebhookOutcome, { status: number; message: string }>> = {
  unsigned: { status: 401, message: 'Expected the proof of the sender that the source is configured with' },
  late: { status: 401, message: 'Expected a webhook of the last five minutes' },
  malformed: { status: 400, message: 'Expected the body that the vendor documents' },
};

type Params = { Params: { source: string } };

/**
 * Serves POST /webhooks/<source>. Whatever is genuine is answered 200, also when it tells nothing of use: vendors
 * switch off an address that refuses.
 */
export function addWebhookRoutes(server: FastifyInstance, deps: WebhookRouteDeps): void {
  const { receive, publicUrl, log, onWebhook } = deps;
  const bySource = new Map(deps.webhooks.map((webhook) => [webhook.source, webhook]));

  const tell = (request: FastifyRequest, outcome: WebhookOutcome) => {
    const { source = '' } = request.params as Partial<Params['Params']>;
    const known = bySource.has(source) ? source : 'unknown';
    onWebhook({ source: known, outcome });
    const level = outcome === 'unsigned' || outcome === 'late' || outcome === 'malformed' ? 'warn' : 'debug';
    log[level]({ source: known, outcome, requestId: request.id }, 'webhook');
  };

  void server.register(async (scope) => {
    // Signatures are over the bytes.
    scope.removeAllContentTypeParsers();
    const types = ['application/json', 'application/x-www-form-urlencoded'];
    scope.addContentTypeParser(types, { parseAs: 'buffer' }, async (_: FastifyRequest, body: Buffer) => body);
    scope.addHook<Params>('onRequest', async ({ params, headers }) => {
      // Before anything of the body is read. Which sources there are is nobody's business.
      if (!bySource.has(params.source)) throw new HttpError(404, 'Not found');
      checkEncoding(headers);
    });
    scope.addHook('onError', async (request, _reply, error) => tell(request, outcomeOf(error)));
    scope.post<Params>('/webhooks/:source', { bodyLimit: MAX_BODY_BYTES }, async (request, reply) => {
      const webhook = bySource.get(request.params.source)!;
      const outcome = await receive(webhook, toWebhookRequest(request, publicUrl()));
      tell(request, outcome);
      const refusal = REFUSALS[outcome];
      if (!refusal) return reply.status(200).send();
      const { status, message } = refusal;
      return reply.status(status).send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
    });
  });
}

/** Compressed, or in another alphabet, it is not what was signed or not what we read. */
function checkEncoding(headers: FastifyRequest['headers']): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '') ?? [];
  if (encoding !== 'identity' || !/^utf-?8$/i.test(charset)) {
    throw new HttpError(415, 'Expected a body of application/json in UTF-8, not compressed');
  }
}

/** The path as the route has it, so that a proxy in front may change it. */
function toWebhookRequest(request: FastifyRequest<Params>, publicUrl: string): WebhookRequest {
  const { url, headers, body, params } = request;
  const query = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  return {
    url: `${publicUrl.replace(/\/$/, '')}/webhooks/${params.source}${query}`,
    headers,
    // Without one, nothing was sent.
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

const OUTCOME_OF_STATUS: Readonly<Record<number, WebhookOutcome>> = {
  400: 'malformed',
  404: 'unknown',
  413: 'too_large',
  415: 'wrong_type',
};

function outcomeOf(error: FastifyError | HttpError): WebhookOutcome {
  const status = error instanceof HttpError ? error.status : error.statusCode;
  return OUTCOME_OF_STATUS[status ?? 500] ?? 'failed';
}

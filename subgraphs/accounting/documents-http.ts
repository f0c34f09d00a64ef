import type { FastifyInstance, FastifyReply } from 'fastify';
import { CodedError, type ErrorCode } from '../../common/errors.ts';
import { requestSignal } from '../shared/request-signal.ts';
import type { DocumentPort } from './documents.ts';
import type { DocumentFormat } from './model.ts';

/** Serves the links of `Invoice.documents`: GET /documents/<sealed>. The link itself is the permission. */
export function addDocumentRoutes(server: FastifyInstance, port: DocumentPort): void {
  // A wildcard: seals are longer than what Fastify takes as a named parameter.
  server.get<{ Params: { '*': string } }>('/documents/*', async (request, reply) => {
    const context = {
      requestId: request.id,
      span: request.span,
      signal: requestSignal(request, reply),
      notProvided: () => {},
    };
    reply.headers(NEVER_KEPT);
    try {
      const answer = await port.read(request.params['*'], context);
      if (answer.state === 'unknown') return fail(reply, 404, 'BAD_REQUEST', 'There is no such document');
      if (answer.state === 'expired') return fail(reply, 410, 'BAD_REQUEST', 'The link has expired; ask for a new one');
      return reply
        .type(answer.format === 'PDF' ? 'application/pdf' : 'application/xml')
        .header('content-disposition', `attachment; filename="${toFileName(answer.fileName, answer.format)}"`)
        .send(answer.bytes);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      request.log.warn({ err: error, requestId: request.id }, 'document failed');
      // The error's own words name our systems: the holder of a link may be anybody.
      return fail(reply, statusOf(error.code), error.code, 'The document could not be fetched; try again later');
    }
  });
}

const NEVER_KEPT = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'",
};

function fail(reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply {
  return reply.status(status).send({ errors: [{ message, extensions: { code } }] });
}

function statusOf(code: ErrorCode): number {
  if (code === 'UPSTREAM_TIMEOUT') return 504;
  return code === 'UPSTREAM_RATE_LIMITED' || code === 'UPSTREAM_BUDGET_EXHAUSTED' ? 503 : 502;
}

function toFileName(name: string, format: DocumentFormat): string {
  return `${name.replace(/[^\w.-]+/g, '_')}.${format === 'PDF' ? 'pdf' : 'xml'}`;
}

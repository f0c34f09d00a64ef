import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createRandom } from '../data/random.ts';
import type { FaultStore, Faults } from './faults.ts';
import { FIREWALL_PAGE } from './host-pages.ts';
import type { Vendor } from './vendors.ts';

export interface FaultPluginOptions {
  vendor: Vendor;
  faults: FaultStore;
  /** Answers a failed request as the vendor or its host would. */
  sendFailure(reply: FastifyReply, status: number): FastifyReply;
}

const SPOILT_BODY = { truncated: truncate, 'wrong-shape': misshape } as const;

type SpoiltMode = keyof typeof SPOILT_BODY;

/** Makes a server misbehave as the store says. Hooks of this plugin must be added before the vendor's own. */
export function useFaults(app: FastifyInstance, { vendor, faults, sendFailure }: FaultPluginOptions): void {
  const random = createRandom(0x5eed);
  const closing = new AbortController();
  const spoilt = new WeakMap<FastifyRequest, SpoiltMode>();

  app.addHook('preClose', async () => closing.abort());

  app.addHook('onRequest', async (request, reply) => {
    const taken = faults.take(vendor, request.url.split('?', 1)[0] ?? '');
    if (taken === null) return;
    if (taken.latencyMs > 0) await wait(taken.latencyMs, undefined, { signal: closing.signal }).catch(() => undefined);
    if (random() < taken.errorRate) return sendFailure(reply, taken.errorStatus);
    if (isSpoiltMode(taken.mode)) spoilt.set(request, taken.mode);
    return misbehave(taken.mode, request, reply);
  });

  app.addHook('onSend', async (request, _reply, payload) => {
    const mode = spoilt.get(request);
    return mode === undefined ? payload : SPOILT_BODY[mode](payload);
  });
}

function misbehave(mode: Faults['mode'], request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (mode === 'html') return reply.code(200).type('text/html; charset=UTF-8').send(FIREWALL_PAGE);
  if (mode !== 'outage' && mode !== 'hang') return undefined;
  reply.hijack();
  if (mode === 'outage') request.raw.socket.destroy();
  return reply;
}

function isSpoiltMode(mode: Faults['mode']): mode is SpoiltMode {
  return mode in SPOILT_BODY;
}

function truncate(payload: unknown): unknown {
  if (typeof payload === 'string') return payload.slice(0, Math.ceil(payload.length / 2));
  return Buffer.isBuffer(payload) ? payload.subarray(0, Math.ceil(payload.length / 2)) : payload;
}

function misshape(payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  return payload.startsWith('[') ? '[{"unexpected":{"shape":true}}]' : '{"unexpected":{"shape":true}}';
}

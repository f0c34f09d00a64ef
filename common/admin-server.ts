import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { createHttpServer, listen } from './http.ts';
import type { Logger } from './log.ts';
import { type Metrics, watchProcess } from './metrics/metrics.ts';
import { setting } from './settings.ts';

/** Far enough from PORT that neighbouring parts and the sandbox keep their own. */
const ADMIN_PORT_OFFSET = 500;

const HIGHEST_PORT = 65_535;

/** Settings of every part's second server, the one for operators. */
export const adminSettings = {
  adminPort: setting({
    name: 'ADMIN_PORT',
    schema: z
      .string()
      .regex(/^(off|\d{1,5})$/, 'expected a port or off')
      .transform((text) => (text === 'off' ? text : Number(text)))
      .refine((port) => port === 'off' || port <= HIGHEST_PORT, 'expected a port or off'),
    default: null,
    description: `port for operators (/metrics, /health), or off; without it PORT + ${ADMIN_PORT_OFFSET}, and a free one where PORT is 0`,
  }),
  adminHost: setting({
    name: 'ADMIN_HOST',
    schema: z.string(),
    default: '127.0.0.1',
    description: 'address to listen on for operators; whoever reaches it may read everything there',
  }),
};

export interface AdminOptions {
  /** The part's public port. */
  port: number;
  /** Null is a port beside the public one. */
  adminPort: number | 'off' | null;
  adminHost: string;
  log: Logger;
  metrics: Metrics;
  /** What /health/ready tells. Default: always ready. */
  isReady?: () => boolean | Promise<boolean>;
  /** What else operators may ask of this part. */
  addRoutes?: (server: FastifyInstance) => void;
}

/** A part's server for operators. `url` is null where it is switched off. */
export interface AdminServer extends AsyncDisposable {
  url: string | null;
  /** Its /health/ready says no from now on. */
  leave(): void;
  close(): Promise<void>;
}

/** Serves /metrics, /health/* and `addRoutes` apart from the public port, so that no proxy in front can lead to them. */
export async function startAdminServer(options: AdminOptions): Promise<AdminServer> {
  const { port, adminPort, adminHost: host, log, metrics, isReady, addRoutes } = options;
  if (adminPort === 'off') return switchedOff;
  watchProcess();
  const server = createHttpServer({ log, isReady });
  server.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.contentType);
    return metrics.scrape();
  });
  addRoutes?.(server);
  return listen(server, { port: adminPort ?? portBeside(port), host });
}

const switchedOff: AdminServer = {
  url: null,
  leave: () => {},
  close: async () => {},
  [Symbol.asyncDispose]: async () => {},
};

/** Both servers of a part tell load balancers the same. */
export function leaveAll(...servers: readonly Pick<AdminServer, 'leave'>[]): () => void {
  return () => {
    for (const server of servers) server.leave();
  };
}

function portBeside(port: number): number {
  return port === 0 || port + ADMIN_PORT_OFFSET > HIGHEST_PORT ? 0 : port + ADMIN_PORT_OFFSET;
}

import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How a server goes out of service without failing a request. */
export interface Draining {
  /** From now on not ready for more, so that nobody sends it new requests; those that come are still answered. */
  leave(): void;
  hasLeft(): boolean;
}

/** A connection on which nothing was asked so far may have its first request on the way. */
const FIRST_REQUEST_MS = 500;

/** A server that is leaving or closing answers, and ends each connection with its answer. */
export function useDraining(server: FastifyInstance): Draining {
  let hasLeft = false;
  const dropUnused = trackUnused(server);
  const leave = () => {
    hasLeft = true;
  };
  server.addHook('preClose', async () => {
    leave();
    setTimeout(dropUnused, FIRST_REQUEST_MS).unref();
  });
  // Otherwise the connection of a request under way stays open for its client's next one, and holds the close.
  server.addHook('onSend', async (_request, reply) => {
    if (hasLeft) reply.header('connection', 'close');
  });
  return { leave, hasLeft: () => hasLeft };
}

/** So many that have ended are forgotten at once. */
const SWEEP = 64;

/**
 * Node waits for connections that were opened ahead and never used as if they had a request under way. No listener waits
 * for a connection's end: with one, V8's young collections kept each connection's requests.
 */
function trackUnused({ server }: FastifyInstance): () => void {
  let open: Socket[] = [];
  let sweepAt = SWEEP;
  server.on('connection', (socket) => {
    open.push(socket);
    if (open.length < sweepAt) return;
    open = open.filter(({ destroyed }) => !destroyed);
    sweepAt = 2 * open.length + SWEEP;
  });
  return () => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  };
}

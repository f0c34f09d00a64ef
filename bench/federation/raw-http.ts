import { createServer, type Server, type Socket } from 'node:net';

/** An answer that is there already is written without a promise in between. */
export type Answer = Buffer | Promise<Buffer>;

const HEAD_END = '\r\n\r\n';
const EMPTY = Buffer.alloc(0);

/**
 * HTTP/1.1 as far as gateways speak it to subgraphs, and nothing else: whatever the subgraphs cost is taken from the
 * load, which shares their core.
 */
export function createRawServer(answer: (method: string, path: string, body: string) => Answer): Server {
  return createServer((socket) => {
    const write = createWriter(socket);
    let rest: Buffer = EMPTY;
    socket.setNoDelay(true);
    // Killed gateways leave their connections like this.
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let request = readRequest(rest); request; request = readRequest(rest)) {
        write(answer(request.method, request.path, request.body));
        rest = rest.subarray(request.end);
      }
    });
  });
}

/** With leave to keep it, which only gateways that keep something take notice of. */
export function toHttp(json: string): Buffer {
  const head = [
    'HTTP/1.1 200 OK',
    'content-type: application/json; charset=utf-8',
    'cache-control: max-age=3600',
    `content-length: ${Buffer.byteLength(json)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}${HEAD_END}${json}`);
}

interface Request {
  method: string;
  path: string;
  body: string;
  /** Where the next one begins. */
  end: number;
}

/** Null until all of it has come. */
function readRequest(bytes: Buffer): Request | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const begin = headEnd + HEAD_END.length;
  const [method, path] = head.split(' ', 2) as [string, string];
  const end = begin + bodyLength(head);
  if (bytes.length < end) return null;
  return { method, path, body: bytes.toString('utf8', begin, end), end };
}

/** Gateways say how long a body is; none of those measured sends one in chunks. */
function bodyLength(head: string): number {
  return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
}

/** Answers leave in the order of their requests. */
function createWriter(socket: Socket): (answer: Answer) => void {
  let waiting: Promise<void> | null = null;
  return (answer) => {
    if (waiting === null && Buffer.isBuffer(answer)) {
      socket.write(answer);
      return;
    }
    const turn = Promise.all([answer, waiting]).then(([bytes]) => {
      socket.write(bytes);
      if (waiting === turn) waiting = null;
    });
    waiting = turn;
  };
}

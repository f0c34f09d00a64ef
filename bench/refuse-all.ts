import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that does nothing but refuse, in a process of its own: what Node and the sender take on this machine. */
const BODY = '{"errors":[{"message":"The server refuses everything.","extensions":{"code":"OVERLOADED"}}]}';
const HEADERS = { 'content-type': 'application/json', 'retry-after': '1' };

const server = createServer((_request, response) => void response.writeHead(503, HEADERS).end(BODY));
server.listen(0, '127.0.0.1', () => {
  // Cast: it listens on a port.
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});

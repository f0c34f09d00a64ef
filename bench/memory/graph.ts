import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, graphql, parse } from 'graphql';
import { parts } from './schema.ts';

/** Subgraphs over HTTP whose schema and address change from edition to edition, and that fail when a request asks for it. */
export interface MemoryGraph extends AsyncDisposable {
  /** Serves this edition, beside the one before, and answers its supergraph. */
  publish(edition: number): Promise<string>;
}

/** How a subgraph fails, by the word that a request's variables hold. */
export const TROUBLES = ['broken', 'status', 'html', 'shape', 'hang'] as const;

export function createGraph(): MemoryGraph {
  const servers: Server[] = [];
  return {
    async publish(edition) {
      const current = parts(edition).map(({ typeDefs, ...part }) => ({ ...part, document: parse(typeDefs) }));
      const server = createServer(answerWith(new Map(current.map((part) => [part.name, buildSchema(part)]))));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      servers.push(server);
      if (servers.length > 2) await closeServer(servers.shift()!);
      // Cast: it listens on a port.
      const { port } = server.address() as AddressInfo;
      return compose(
        current.map(({ name, document }) => ({ name, url: `http://127.0.0.1:${port}/${name}`, typeDefs: document })),
      );
    },
    [Symbol.asyncDispose]: async () => void (await Promise.all(servers.map(closeServer))),
  };
}

/** One is kept by the gateway for long enough to be asked for again, and not from one supergraph to the next. */
const CACHE_CONTROL = new Map([['/catalogue', 'public, max-age=2']]);

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

function answerWith(schemas: ReadonlyMap<string, GraphQLSchema>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const [, trouble] = /"trouble-(\w+)"/.exec(body) ?? [];
    // Only one of the subgraphs, so that the others' data has to stay.
    if (trouble && request.url === '/stock') return fail(response, trouble);
    const { query, variables, operationName } = JSON.parse(body);
    const schema = schemas.get(request.url!.slice(1))!;
    const answer = await graphql({ schema, source: query, variableValues: variables, operationName });
    const headers = {
      'content-type': 'application/json',
      'cache-control': CACHE_CONTROL.get(request.url!) ?? 'no-store',
    };
    response.writeHead(200, headers).end(JSON.stringify(answer));
  };
}

function buildSchema({ document, resolvers }: { document: DocumentNode; resolvers: object }): GraphQLSchema {
  // Cast: resolvers here have arguments of their own types.
  return buildSubgraphSchema({ typeDefs: document, resolvers: resolvers as ResolverMap });
}

type ResolverMap = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers'];

function compose(services: { name: string; url: string; typeDefs: DocumentNode }[]): string {
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
}

function fail(response: ServerResponse, trouble: string): void {
  switch (trouble) {
    case 'broken':
      response.destroy();
      return;
    case 'status':
      response.writeHead(500, { 'content-type': 'application/json' }).end('{"errors":[{"message":"out of order"}]}');
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Out of order</p>');
      return;
    case 'shape':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"_entities":"none"}}');
      return;
    default:
    // Hangs until the gateway goes away.
  }
}

import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { fetch as undiciFetcher } from './undici-fetcher.ts';

/** Apollo's gateway behind Apollo's server, as its documentation sets them up. */
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env.SUPERGRAPH!, 'utf8'),
  ...(process.env.HTTP_CLIENT === 'undici' && {
    buildService: ({ url }: { url?: string }) => new RemoteGraphQLDataSource({ url, fetcher: undiciFetcher }),
  }),
});
const server = new ApolloServer({ gateway, includeStacktraceInErrorResponses: false });
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });

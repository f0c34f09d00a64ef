import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { fastify } from 'fastify';
import { type DocumentNode, getOperationAST, parse, validate } from 'graphql';

/**
 * The peer that the gateway is measured against: ApolloGateway as it comes, with its own data source, behind Fastify.
 * Like Apollo Server it parses and validates each document once.
 */
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env.SUPERGRAPH!, 'utf8'),
  __exposeQueryPlanExperimental: false,
});
const { schema, executor } = await gateway.load();
const documents = new Map<string, { document: DocumentNode; queryHash: string }>();

function prepare(query: string) {
  const known = documents.get(query);
  if (known) return known;
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) throw errors[0]!;
  const prepared = { document, queryHash: createHash('sha256').update(query).digest('hex') };
  documents.set(query, prepared);
  return prepared;
}

const server = fastify();
server.post('/graphql', async (request) => {
  const { query, variables } = request.body as { query: string; variables: Record<string, unknown> };
  const { document, queryHash } = prepare(query);
  const context = { request: { query, variables }, document, queryHash, schema, context: {}, metrics: {}, cache: null };
  // Cast: the type is Apollo Server's whole request; the executor reads only what stands above.
  return executor({ ...context, operation: getOperationAST(document) } as unknown as Parameters<typeof executor>[0]);
});
process.stdout.write(`${JSON.stringify({ url: await server.listen({ port: 0, host: '127.0.0.1' }) })}\n`);

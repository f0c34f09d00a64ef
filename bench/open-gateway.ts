import { readFileSync } from 'node:fs';
import { createLogger } from '../common/log.ts';
import { OPEN } from '../gateway/authorization.ts';
import { createGateway } from '../gateway/gateway.ts';
import { readSubgraphUrls } from '../gateway/supergraph/subgraph-urls.ts';
import { createHttpTransports } from '../gateway/transport/http-transport.ts';

/** The gateway without rights, budgets and audit: what these cost is measured against it. */
const urls = readSubgraphUrls(process.env);
const transports = createHttpTransports();
const gateway = await createGateway({
  supergraphSdl: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
  transportOf: (subgraph) => transports.transportOf({ url: urls.urlOf(subgraph) }),
  log: createLogger({ level: 'info', name: 'gateway' }),
  authorization: OPEN,
});
const { url } = await gateway.listen({ port: 0 });
process.stdout.write(`${JSON.stringify({ url })}\n`);

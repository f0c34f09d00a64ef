import { readFileSync } from 'node:fs';
import { createLogger } from '../common/log.ts';
import { readSettings } from '../common/settings.ts';
import { OPEN } from '../gateway/authorization.ts';
import { authorizationSettings, createAuthorization } from '../gateway/authorization-settings.ts';
import { createGateway } from '../gateway/gateway.ts';
import { DEFAULT_LIMITS } from '../gateway/limits.ts';
import { readSubgraphUrls } from '../gateway/supergraph/subgraph-urls.ts';
import { createHttpTransports } from '../gateway/transport/http-transport.ts';

/** The gateway without budgets and audit and, unless BENCH_RIGHTS is set, without rights: what these cost is measured against it. */
const log = createLogger({ level: 'info', name: 'gateway' });
const urls = readSubgraphUrls(process.env);
const transports = createHttpTransports();
const settings = readSettings(authorizationSettings, process.env);
const guarded = process.env.BENCH_RIGHTS
  ? (await createAuthorization(settings, { publicUrl: settings.publicUrl!, log })).authorization
  : OPEN;
const gateway = await createGateway({
  supergraphSdl: readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
  transportOf: (subgraph) => transports.transportOf({ url: urls.urlsOf(subgraph) }),
  log,
  authorization: guarded,
  limits: { shareCallsMs: Number(process.env.SHARE_CALLS_MS ?? DEFAULT_LIMITS.shareCallsMs) },
});
const { url } = await gateway.listen({ port: 0 });
process.stdout.write(`${JSON.stringify({ url })}\n`);

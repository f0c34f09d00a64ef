import { defineConfig, type GatewayConfig } from '@graphql-hive/gateway';

/** Hive Gateway shares equal sub-requests that are under way, also between requests, unless it is told not to. */
const { ROUTER_RUNTIME, DEDUPLICATE } = process.env;

const config: GatewayConfig = { logging: 'warn' };
if (ROUTER_RUNTIME) config.unifiedGraphHandler = (await import('@graphql-hive/router-runtime')).unifiedGraphHandler;
if (DEDUPLICATE === 'false') {
  config.transportEntries = { '*': { options: { deduplicateInflightRequests: false } } };
}

export const gatewayConfig = defineConfig(config);

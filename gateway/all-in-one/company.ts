import type { CallerVerifier } from '../../common/caller-header.ts';
import type { Clock } from '../../common/clock.ts';
import type { Logger } from '../../common/log.ts';
import type { Redis } from '../../common/redis.ts';
import { readSources, readTogether, type SourceSettings } from '../../common/settings.ts';
import type { SubgraphTransport } from '../../common/transport.ts';
import { accountingVendors, createAccountingSources } from '../../subgraphs/accounting/sources.ts';
import { createAccountingSubgraph } from '../../subgraphs/accounting/subgraph.ts';
import { createAccountingWebhooks } from '../../subgraphs/accounting/webhooks.ts';
import { createCrmSources, crmVendors } from '../../subgraphs/crm/sources.ts';
import { createCrmSubgraph } from '../../subgraphs/crm/subgraph.ts';
import { createCrmWebhooks } from '../../subgraphs/crm/webhooks.ts';
import type { OperatorLinks } from '../../subgraphs/identity/links-file.ts';
import { createIdentitySubgraph } from '../../subgraphs/identity/subgraph.ts';
import type { IdentityPort } from '../../subgraphs/shared/identity-port.ts';
import type { Links } from '../../subgraphs/shared/links/links.ts';
import { createRecordCache, type RecordCache } from '../../subgraphs/shared/record-cache.ts';
import type { Sealer } from '../../subgraphs/shared/seal.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import { createUpstreamBudgets } from '../../subgraphs/shared/upstream/budgets.ts';
import type { UpstreamClientDeps } from '../../subgraphs/shared/upstream/client.ts';
import { createSourceHealth } from '../../subgraphs/shared/upstream/health.ts';
import type { OnWebhook } from '../../subgraphs/shared/webhooks/webhook-routes.ts';
import { createWebhooks } from '../../subgraphs/shared/webhooks/webhooks.ts';
import { createRedisWriteMemory } from '../../subgraphs/shared/write-memory.ts';
import { createShopSources, shopVendors } from '../../subgraphs/shop/sources.ts';
import { createShopSubgraph } from '../../subgraphs/shop/subgraph.ts';
import { createShopWebhooks } from '../../subgraphs/shop/webhooks.ts';

export interface CompanySources {
  crm: readonly SourceSettings<typeof crmVendors>[];
  shop: readonly SourceSettings<typeof shopVendors>[];
  accounting: readonly SourceSettings<typeof accountingVendors>[];
}

/** Which of the company's systems are read, from CRM_SOURCES, SHOP_SOURCES, ACCOUNTING_SOURCES and each source's own settings. */
export function readCompanySources(env: Readonly<Record<string, string | undefined>>): CompanySources {
  return readTogether({
    crm: () => readSources({ env, variable: 'CRM_SOURCES', vendors: crmVendors }),
    shop: () => readSources({ env, variable: 'SHOP_SOURCES', vendors: shopVendors }),
    accounting: () => readSources({ env, variable: 'ACCOUNTING_SOURCES', vendors: accountingVendors }),
  });
}

/** The names of the sources behind each subgraph. */
export function namesByDomain({ crm, shop, accounting }: CompanySources): Record<string, string[]> {
  const names = (sources: readonly { name: string }[]) => sources.map(({ name }) => name);
  return { crm: names(crm), shop: names(shop), accounting: names(accounting) };
}

export interface CompanyDeps {
  sealer: Sealer;
  clock: Clock;
  log: Logger;
  operatorLinks?: OperatorLinks;
  /** The address under which the world reaches this process: links to documents begin with it. */
  publicUrl: string;
  /** Tells each subgraph, by its name, who asks; without it everybody sees every row. */
  verifierOf?: (subgraph: string) => CallerVerifier;
  /** The address under which the vendors reach this process, where it is another. */
  webhookUrl?: () => string;
  /** Shared by replicas. */
  redis?: Redis | null;
  /** Of all subgraphs, closed by whoever made it. Default: in memory. */
  cache?: RecordCache;
  /** Makes what reads lists of customers ahead; without it nothing does. */
  linksOf?: (cache: RecordCache) => Links | null;
  /** Told of every webhook. */
  onWebhook?: OnWebhook;
  /** Told of every HTTP exchange with a system. */
  onCall?: UpstreamClientDeps['onCall'];
  onRefusal?: UpstreamClientDeps['onRefusal'];
}

/**
 * All subgraphs in this process, over one record cache: the one place that knows every domain. Each still answers
 * through its own transport, as if it were a service.
 */
export function createCompany(sources: CompanySources, deps: CompanyDeps) {
  const { sealer, clock, log, operatorLinks, publicUrl, verifierOf, onCall, onRefusal } = deps;
  const { webhookUrl = () => publicUrl, redis, cache = createRecordCache(), onWebhook } = deps;
  const health = createSourceHealth();
  const upstream = { onCall, onRefusal, budgets: createUpstreamBudgets({ redis, log }), health };
  const links = deps.linksOf?.(cache) ?? null;
  const logOf = (name: string) => log.child({ name });
  // Identity is made from the domains, and they ask it later.
  const identityPort: IdentityPort = {
    recordsOf: (...question) => identity.identity.recordsOf(...question),
    customersOf: (...question) => identity.identity.customersOf(...question),
  };
  const callersOf = (name: string) => verifierOf && { verify: verifierOf(name), identity: identityPort };
  const crm = createCrmSubgraph({
    sources: createCrmSources(sources.crm, { ...upstream, cache, clock, log: logOf('crm') }),
    sealer,
    callers: callersOf('crm'),
    writes: redis ? createRedisWriteMemory(redis) : undefined,
    health,
    log: logOf('crm'),
  });
  const shop = createShopSubgraph({
    sources: createShopSources(sources.shop, { ...upstream, log: logOf('shop') }),
    sealer,
    clock,
    cache,
    links,
    callers: callersOf('shop'),
    health,
    log: logOf('shop'),
  });
  const accounting = createAccountingSubgraph({
    sources: createAccountingSources(sources.accounting, { ...upstream, log: logOf('accounting') }),
    sealer,
    clock,
    cache,
    links,
    documentsBaseUrl: publicUrl,
    callers: callersOf('accounting'),
    health,
    log: logOf('accounting'),
  });
  const ports = { crm: crm.parties!, shop: shop.parties!, accounting: accounting.parties! };
  const identity = createIdentitySubgraph({
    ports,
    sealer,
    operatorLinks,
    cache,
    verifyCaller: verifierOf?.('identity'),
    log: logOf('identity'),
  });
  const changed = new Map([
    ...sources.crm.map(({ name }) => [name, crm.changed] as const),
    ...sources.shop.map(({ name }) => [name, shop.changed] as const),
    ...sources.accounting.map(({ name }) => [name, accounting.changed] as const),
  ]);
  const webhooks = createWebhooks({
    webhooks: [
      ...createCrmWebhooks(sources.crm),
      ...createShopWebhooks(sources.shop),
      ...createAccountingWebhooks(sources.accounting),
    ],
    cache: links?.watch(cache) ?? cache,
    changed: (source) => changed.get(source)!,
    publicUrl: webhookUrl,
    log,
    redis,
    onWebhook,
  });
  links?.start();
  const subgraphs = new Map<string, Subgraph>([identity, crm, shop, accounting].map((one) => [one.name, one]));
  return {
    ports,
    webhooks,
    documents: accounting.documents,
    links,
    tracesOf: identity.tracesOf,
    /** How each of the systems does. */
    sources: health.sources,
    transportOf: (name: string): SubgraphTransport => {
      const subgraph = subgraphs.get(name);
      if (!subgraph) throw new Error(`The supergraph names a subgraph "${name}" that this process does not have`);
      return subgraph.transport;
    },
    close: async () => {
      await links?.close();
      await webhooks.close();
      await Promise.all([...subgraphs.values()].map((subgraph) => subgraph.close()));
    },
  };
}

import type { FastifyInstance } from 'fastify';
import { type Invalidation, readInvalidations } from '../../common/cache/invalidation-request.ts';
import { checkSharedKey } from '../../common/cache/operator-auth.ts';
import type { EntityCache } from './entity-cache.ts';
import { cacheTag, subgraphTag, typeTag } from './tags.ts';

/** `POST /cache/invalidate`, as Apollo's router has it; for the operators' server alone. Nothing without a key. */
export function addInvalidationRoute(server: FastifyInstance, cache: EntityCache | null, key: string | null): void {
  if (cache === null || key === null) return;
  server.post('/cache/invalidate', async (request, reply) => {
    checkSharedKey(request.headers.authorization, key);
    const count = await invalidateKept(cache, readInvalidations(request.body));
    return reply.status(202).send({ count });
  });
}

export function invalidateKept(cache: EntityCache, invalidations: readonly Invalidation[]): Promise<number> {
  return cache.invalidate([...new Set(invalidations.flatMap(tagsOf))]);
}

function tagsOf(invalidation: Invalidation): string[] {
  switch (invalidation.kind) {
    case 'subgraph':
      return [subgraphTag(invalidation.subgraph)];
    case 'type':
      return [typeTag(invalidation.subgraph, invalidation.type)];
    case 'cache_tag': {
      const { subgraphs, cache_tag: tag } = invalidation;
      // As it is for records of our own subgraphs, whose tags name their source.
      return [tag, ...subgraphs.map((subgraph) => cacheTag(subgraph, tag))];
    }
  }
}

import type { ExecutionResultBody } from '../../common/transport.ts';
import { cacheTag } from './tags.ts';

/**
 * The tags that an answer carries itself: Apollo's `apolloCacheTags` of root fields (`index` null), `apolloEntityCacheTags`
 * of each entity, and our own subgraphs' tags of the records that it was made from.
 */
export function toldTags(subgraph: string, { extensions }: ExecutionResultBody, index: number | null): string[] {
  if (extensions === undefined) return [];
  const { apolloCacheTags, apolloEntityCacheTags, recordTags } = extensions;
  const byEntity = Array.isArray(apolloEntityCacheTags) ? apolloEntityCacheTags : [];
  const own = stringsIn(index === null ? apolloCacheTags : byEntity[index]);
  return [...own.map((tag) => cacheTag(subgraph, tag)), ...stringsIn(recordTags)];
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

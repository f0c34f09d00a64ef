import type { FastifyInstance } from 'fastify';
import { type Invalidation, readInvalidations } from '../../../common/cache/invalidation-request.ts';
import { checkSharedKey } from '../../../common/cache/operator-auth.ts';
import { HttpError } from '../../../common/http.ts';
import type { RecordCache } from '../record-cache.ts';

export interface InvalidationDeps {
  cache: RecordCache;
  key: string;
  /** The sources behind each subgraph of this process. */
  sourcesOf: Readonly<Record<string, readonly string[]>>;
  /** Of another cache of this process: removes what is meant in it, and answers how much that was. */
  alsoInvalidate?: (invalidations: readonly Invalidation[]) => Promise<number>;
}

/** `POST /cache/invalidate`, as Apollo's router has it; for the operators' server alone. */
export function addInvalidationRoute(server: FastifyInstance, deps: InvalidationDeps): void {
  server.post('/cache/invalidate', async (request, reply) => {
    checkSharedKey(request.headers.authorization, deps.key);
    const invalidations = readInvalidations(request.body);
    const tags = await Promise.all(invalidations.map((one) => tagsOf(one, deps)));
    const count = await deps.cache.invalidate([...new Set(tags.flat())]);
    const more = (await deps.alsoInvalidate?.(invalidations)) ?? 0;
    return reply.status(202).send({ count: count + more });
  });
}

async function tagsOf(invalidation: Invalidation, { cache, sourcesOf }: InvalidationDeps): Promise<string[]> {
  const subgraphs = invalidation.kind === 'cache_tag' ? invalidation.subgraphs : [invalidation.subgraph];
  const sources = subgraphs.flatMap((subgraph) => {
    if (Object.hasOwn(sourcesOf, subgraph)) return sourcesOf[subgraph]!;
    throw new HttpError(400, `Expected a subgraph of this process: ${Object.keys(sourcesOf).join(', ')}`);
  });
  if (invalidation.kind === 'cache_tag') return [invalidation.cache_tag];
  const types = await Promise.all(sources.map(async (source) => ({ source, types: await cache.typesOf(source) })));
  // Which types there are is not known while Redis is away; "*" then stands for all of them.
  const isMeant = (type: string) =>
    invalidation.kind === 'subgraph' || type === '*' || isPartOf(type, invalidation.type);
  return types.flatMap(({ source, types: all }) => all.filter(isMeant).map((type) => `${source}:${type}:*`));
}

/** Words in the names of what caches keep of a type of the graph, where they are not the type's own name. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  Order: ['order', 'return'],
  Return: ['return', 'aftermath'],
  Customer: ['customer', 'client', 'contact', 'company', 'by', 'owned'],
  Invoice: ['invoice', 'document', 'correction'],
  Employee: ['owner'],
  Activity: ['note', 'call', 'email', 'meeting', 'task'],
};

/** Whether records of this type of ours, as "order-list" or "companies.deals", hold any of a type of the graph. */
function isPartOf(recordType: string, graphType: string): boolean {
  const wanted = Object.hasOwn(WORDS, graphType) ? WORDS[graphType]! : [graphType.toLowerCase()];
  return recordType.split(/[-.]/).some((word) => wanted.includes(singular(word)));
}

function singular(word: string): string {
  return word.replace(/ies$/, 'y').replace(/(?<!s)s$/, '');
}

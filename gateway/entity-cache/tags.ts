/** The tag of all that is kept of a subgraph. */
export function subgraphTag(subgraph: string): string {
  return `graph/${subgraph}`;
}

/** Of all that is kept of one of its types: entities, or root fields of `Query`. */
export function typeTag(subgraph: string, type: string): string {
  return `graph/${subgraph}/type/${type}`;
}

/** A tag that the subgraph gave, by @cacheTag or in its answer. */
export function cacheTag(subgraph: string, tag: string): string {
  return `graph/${subgraph}/tag/${tag}`;
}

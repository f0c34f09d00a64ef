/** One query of the README, as a tab of GraphiQL. */
export interface ReadmeQuery {
  title: string;
  query: string;
  variables: Record<string, unknown>;
}

const BLOCK =
  /^#{2,4} (?<heading>.+)$|^```graphql\n(?<query>[\s\S]+?)^```(?:\s+```json variables\n(?<variables>[\s\S]+?)^```)?/gm;

/**
 * The README's GraphQL blocks, each under the heading it stands below; a `json variables` block right behind one holds
 * its variables. One text for reader, browser and tests, so that none of them goes stale.
 */
export function readmeQueries(markdown: string): ReadmeQuery[] {
  const queries: ReadmeQuery[] = [];
  let title = '';
  for (const { groups } of markdown.matchAll(BLOCK)) {
    if (groups?.heading) title = groups.heading;
    if (groups?.query)
      queries.push({ title, query: groups.query.trim(), variables: JSON.parse(groups.variables ?? '{}') });
  }
  return queries;
}

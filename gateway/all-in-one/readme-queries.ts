/** One query of the README, as a tab of GraphiQL. */
export interface ReadmeQuery {
  title: string;
  query: string;
  variables: Record<string, unknown>;
  /** The JSON text that the README shows as its answer, if it shows one. */
  answer: string | null;
}

/**
 * The README's GraphQL blocks: under each heading one `graphql` block, with `json variables` and `json answer` blocks of
 * its own. One text for reader, browser and tests, so that none of them goes stale.
 */
export function readmeQueries(markdown: string): ReadmeQuery[] {
  const sections = markdown.split(/^(?=#{2,4} )/m);
  return sections.flatMap((section) => {
    const query = fenced(section, 'graphql');
    const title = /^#+ (.+)$/m.exec(section)?.[1] ?? '';
    if (query === null) return [];
    const variables = JSON.parse(fenced(section, 'json variables') ?? '{}');
    return [{ title, query, variables, answer: fenced(section, 'json answer') }];
  });
}

function fenced(text: string, language: string): string | null {
  return new RegExp(`^\`\`\`${language}\\n([\\s\\S]+?)^\`\`\``, 'm').exec(text)?.[1]?.trim() ?? null;
}

import { SettingsError } from '../../common/settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where each subgraph is: at the address in the supergraph, or in the variable that replaces it. */
export interface SubgraphUrls {
  /** Throws when there is no usable address. */
  urlOf(subgraph: { name: string; url: string }): string;
}

/** Reads `SUBGRAPH_<NAME>_URL`. Throws one SettingsError for all that are wrong. */
export function readSubgraphUrls(env: Env): SubgraphUrls {
  const replaced = Object.entries(env).filter(
    (entry): entry is [string, string] => /^SUBGRAPH_\w+_URL$/.test(entry[0]) && Boolean(entry[1]),
  );
  const wrong = replaced.filter(([, url]) => !isHttpUrl(url));
  if (wrong.length > 0) throw new SettingsError(wrong.map(([name]) => `${name}: expected an http or https address`));
  const urls = new Map(replaced);
  return {
    urlOf({ name, url }) {
      const variable = `SUBGRAPH_${name.toUpperCase().replaceAll(/\W/g, '_')}_URL`;
      const found = urls.get(variable) ?? url;
      if (isHttpUrl(found)) return found;
      throw new Error(`The subgraph ${name} has no http or https address: set ${variable}`);
    },
  };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

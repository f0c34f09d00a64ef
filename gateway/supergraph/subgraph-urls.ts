import { SettingsError } from '../../common/settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where each subgraph is: at the address in the supergraph, or at those in the variable that replaces it. */
export interface SubgraphUrls {
  /** At least one. Throws when there is no usable address. */
  urlsOf(subgraph: { name: string; url: string }): readonly string[];
}

/** Reads `SUBGRAPH_<NAME>_URL`: an address, or several with commas between them. Throws one SettingsError for all that are wrong. */
export function readSubgraphUrls(env: Env): SubgraphUrls {
  const replaced = Object.entries(env).filter(
    (entry): entry is [string, string] => /^SUBGRAPH_\w+_URL$/.test(entry[0]) && Boolean(entry[1]),
  );
  const wrong = replaced.filter(([, text]) => !listOf(text).every(isHttpUrl));
  if (wrong.length > 0)
    throw new SettingsError(wrong.map(([name]) => `${name}: expected http or https addresses, comma separated`));
  const urls = new Map(replaced);
  return {
    urlsOf({ name, url }) {
      const variable = `SUBGRAPH_${name.toUpperCase().replaceAll(/\W/g, '_')}_URL`;
      const found = listOf(urls.get(variable) ?? url);
      if (found.every(isHttpUrl)) return found;
      throw new Error(`The subgraph ${name} has no http or https address: set ${variable}`);
    },
  };
}

function listOf(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** A query string as PHP sees it: `a[]=1&a[]=2` is `a[0]=1&a[1]=2`, and a name that stands twice has its last value. */
export interface PhpQuery {
  /** `a[0]` -> value, in the order of coming. */
  readonly flat: ReadonlyMap<string, string>;
  text(name: string): string | null;
  /** `a[]=1&a[]=2`, `a[0]=1` or `a=1,2`; null when the name does not stand there. */
  list(name: string): string[] | null;
}

export function parsePhpQuery(queryString: string): PhpQuery {
  const flat = new Map<string, string>();
  const nextIndex = new Map<string, number>();
  for (const pair of queryString.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : decode(pair.slice(at + 1));
    flat.set(indexed(name, nextIndex), value);
  }
  return {
    flat,
    text: (name) => flat.get(name) ?? null,
    list: (name) => {
      const items = [...flat].filter(([key]) => key.startsWith(`${name}[`)).map(([, value]) => value);
      if (items.length > 0) return items;
      const text = flat.get(name);
      return text === undefined ? null : text.split(/[\s,]+/).filter((item) => item !== '');
    },
  };
}

function indexed(name: string, nextIndex: Map<string, number>): string {
  if (!name.endsWith('[]')) return name;
  const base = name.slice(0, -2);
  const index = nextIndex.get(base) ?? 0;
  nextIndex.set(base, index + 1);
  return `${base}[${index}]`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/**
 * One condition on a caller. What a place (a type, a field, an argument) needs is a list of rules, all of which must be
 * met. Rules are interned: equal conditions of one supergraph are the same object with the same `id`.
 */
export type Rule = { readonly id: number } & RuleContent;

type RuleContent =
  | { readonly kind: 'never' }
  | { readonly kind: 'authenticated' }
  /** `[[a, b], [c]]`: (a and b) or c. Never empty, and no alternative is. */
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: Alternatives };

export type Alternatives = readonly (readonly string[])[];

/** All that a decision depends on, besides the operation. */
export interface CallerRights {
  isAuthenticated: boolean;
  scopes: ReadonlySet<string>;
  /** The policies that were evaluated and hold. */
  policies: ReadonlySet<string>;
}

export function isMet(rule: Rule, rights: CallerRights): boolean {
  switch (rule.kind) {
    case 'never':
      return false;
    case 'authenticated':
      return rights.isAuthenticated;
    case 'scopes':
    case 'policies': {
      const granted = rights[rule.kind];
      return rule.anyOf.some((all) => all.every((name) => granted.has(name)));
    }
  }
}

/** The names of the policies that these rules ask for. */
export function policiesOf(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.flatMap((rule) => (rule.kind === 'policies' ? rule.anyOf.flat() : [])));
}

/** Hands out the rules of one supergraph. */
export interface RuleBook {
  /** For what cannot be judged. */
  never: Rule;
  authenticated: Rule;
  of(kind: 'scopes' | 'policies', anyOf: Alternatives): Rule;
  all(): readonly Rule[];
}

export function createRuleBook(): RuleBook {
  const byText = new Map<string, Rule>();
  const intern = (content: RuleContent): Rule => {
    const text = JSON.stringify(content);
    const rule = byText.get(text) ?? { id: byText.size, ...content };
    byText.set(text, rule);
    return rule;
  };
  return {
    never: intern({ kind: 'never' }),
    authenticated: intern({ kind: 'authenticated' }),
    of: (kind, anyOf) => intern({ kind, anyOf: normalise(anyOf) }),
    all: () => [...byText.values()],
  };
}

/** More alternatives than this help no reader of an error. */
const MAX_ALTERNATIVES = 32;

/**
 * The scopes that meet all these rules together, as alternatives; null when no rule asks for scopes, or too many do.
 */
export function requiredScopes(rules: readonly Rule[]): Alternatives | null {
  const [first, ...others] = rules.flatMap((rule) => (rule.kind === 'scopes' ? [rule.anyOf] : []));
  if (first === undefined) return null;
  let together = first;
  for (const anyOf of others) {
    together = normalise(together.flatMap((left) => anyOf.map((right) => [...left, ...right])));
    if (together.length > MAX_ALTERNATIVES) return null;
  }
  return together;
}

/** Sorted, without repeats, and without alternatives that ask for more than another one. */
function normalise(anyOf: Alternatives): Alternatives {
  const texts = new Set(anyOf.map((all) => JSON.stringify([...new Set(all)].sort())));
  const alternatives = [...texts].sort().map((text) => JSON.parse(text) as string[]);
  const isSubset = (less: readonly string[], more: readonly string[]) => less.every((name) => more.includes(name));
  return alternatives.filter((all) => !alternatives.some((other) => other !== all && isSubset(other, all)));
}

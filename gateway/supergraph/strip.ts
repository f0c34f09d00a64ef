import { type ConstDirectiveNode, Kind, parse, print, valueFromASTUntyped, visit } from 'graphql';
import { directiveName, type Link, readLinks, toLink, typeName } from './links.ts';

/** The types each specification brings, beside its directive of the same name. */
const REFUSED_SPECS: Readonly<Record<string, readonly string[]>> = {
  authenticated: [],
  requiresScopes: ['Scope'],
  policy: ['Policy'],
  cacheTag: [],
};
const SPECS_URL = 'https://specs.apollo.dev/';

/**
 * The supergraph without what @apollo/gateway refuses to load: it knows no rights and no cache tags. Rights are
 * enforced from the full text, before planning. Names are resolved through @link, so renamed imports go too.
 */
export function stripSupergraph(supergraphSdl: string): string {
  const document = parse(supergraphSdl, { noLocation: true });
  const links = readLinks(document).filter(isRefused);
  if (links.length === 0) return supergraphSdl;
  const directives = new Set(links.map((link) => directiveName(link, specName(link))));
  const types = new Set(links.flatMap((link) => REFUSED_SPECS[specName(link)]!.map((name) => typeName(link, name))));
  const stripped = visit(document, {
    // Cast: there are no variables in a schema.
    Directive: (node) => (isRefusedUse(node as ConstDirectiveNode, directives) ? null : undefined),
    DirectiveDefinition: (node) => (directives.has(node.name.value) ? null : undefined),
    ScalarTypeDefinition: (node) => (types.has(node.name.value) ? null : undefined),
  });
  return print(stripped);
}

function isRefusedUse(node: ConstDirectiveNode, directives: ReadonlySet<string>): boolean {
  if (directives.has(node.name.value)) return true;
  if (node.name.value === 'join__directive') return Object.hasOwn(REFUSED_SPECS, joinedName(node));
  const link = toLink(node);
  return link !== null && isRefused(link);
}

/** Composition keeps @cacheTag as `@join__directive(name: "federation__cacheTag")`, whatever a subgraph calls it. */
function joinedName(node: ConstDirectiveNode): string {
  const name = node.arguments?.find((argument) => argument.name.value === 'name')?.value;
  return name?.kind === Kind.STRING ? String(valueFromASTUntyped(name)).replace(/^.*__/, '') : '';
}

function isRefused(link: Link): boolean {
  return link.identity.startsWith(SPECS_URL) && Object.hasOwn(REFUSED_SPECS, specName(link));
}

function specName(link: Link): string {
  return link.identity.slice(SPECS_URL.length);
}

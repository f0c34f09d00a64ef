import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { z } from 'zod';

/** One specification that a supergraph uses: `@link(url:, as:, import:)`, or `@core(feature:, as:)` in old ones. */
export interface Link {
  /** The URL without its version, e.g. `https://specs.apollo.dev/requiresScopes`. */
  identity: string;
  /** What names of the specification start with here when they are not imported. */
  namespace: string;
  /** The specification's name, `@` included, to the name it has in this document. */
  imports: ReadonlyMap<string, string>;
}

const importSchema = z.union([z.string(), z.object({ name: z.string(), as: z.string().optional() })]);
const argumentsSchema = z.object({
  url: z.string().optional(),
  feature: z.string().optional(),
  as: z.string().nullish(),
  import: z.array(importSchema).nullish(),
});

/** The specifications a schema document links, in its order. Reads `@link` itself under any name. */
export function readLinks(document: DocumentNode): Link[] {
  return schemaDirectives(document).flatMap((directive) => toLink(directive) ?? []);
}

/** The link this schema directive declares; null if it declares none. */
export function toLink(directive: ConstDirectiveNode): Link | null {
  const values = directive.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]) ?? [];
  const parsed = argumentsSchema.safeParse(Object.fromEntries(values));
  const url = parsed.data?.url ?? parsed.data?.feature;
  const match = url === undefined ? null : /^(.+\/([^/]+))\/v\d+\.\d+\/?$/.exec(url);
  if (!parsed.success || match === null) return null;
  const imports = (parsed.data.import ?? []).map((entry) =>
    typeof entry === 'string' ? ([entry, entry] as const) : ([entry.name, entry.as ?? entry.name] as const),
  );
  return { identity: match[1]!, namespace: parsed.data.as ?? match[2]!, imports: new Map(imports) };
}

/** What a linked directive is called in the document, without `@`. A specification's own name needs no prefix. */
export function directiveName(link: Link, name: string): string {
  const imported = link.imports.get(`@${name}`);
  if (imported !== undefined) return imported.slice(1);
  return name === link.identity.slice(link.identity.lastIndexOf('/') + 1)
    ? link.namespace
    : `${link.namespace}__${name}`;
}

/** What a linked type is called in the document. */
export function typeName(link: Link, name: string): string {
  return link.imports.get(name) ?? `${link.namespace}__${name}`;
}

function schemaDirectives(document: DocumentNode): ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? [...(definition.directives ?? [])]
      : [],
  );
}

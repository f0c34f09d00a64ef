import { type ConstDirectiveNode, Kind, parse, valueFromASTUntyped } from 'graphql';
import { z } from 'zod';
import { parseTagFormat, type TagFormat } from './tag-format.ts';

/** How subgraphs tag their answers: @cacheTag, as a supergraph holds it. */
export interface DeclaredTags {
  ofEntity(subgraph: string, type: string): readonly TagFormat[];
  ofRootField(subgraph: string, field: string): readonly TagFormat[];
}

/** From the full supergraph: the stripped one has none. */
export function readDeclaredTags(supergraphSdl: string): DeclaredTags {
  const document = parse(supergraphSdl, { noLocation: true });
  const subgraphs = new Map<string, string>();
  const formats = new Map<string, TagFormat[]>();
  let queryType = 'Query';

  function add(coordinate: string, directives: readonly ConstDirectiveNode[] = []): void {
    for (const { format, graphs } of directives.flatMap(readCacheTag)) {
      for (const graph of graphs) {
        const key = `${graph} ${coordinate}`;
        formats.set(key, [...(formats.get(key) ?? []), parseTagFormat(format)]);
      }
    }
  }

  for (const definition of document.definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION) {
      queryType =
        definition.operationTypes.find(({ operation }) => operation === 'query')?.type.name.value ?? queryType;
    }
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
      for (const { name, directives = [] } of definition.values ?? []) {
        for (const directive of directives) {
          const { name: subgraph } = argumentsOf(directive);
          if (directive.name.value === 'join__graph') subgraphs.set(String(subgraph), name.value);
        }
      }
    }
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      const type = definition.name.value;
      add(type, definition.directives);
      for (const field of definition.fields ?? []) add(`${type}.${field.name.value}`, field.directives);
    }
  }
  const find = (subgraph: string, coordinate: string) =>
    formats.get(`${subgraphs.get(subgraph)} ${coordinate}`) ?? NONE;
  return {
    ofEntity: find,
    ofRootField: (subgraph, field) => find(subgraph, `${queryType}.${field}`),
  };
}

const NONE: readonly TagFormat[] = [];

const cacheTagSchema = z.object({
  graphs: z.array(z.string()),
  name: z.string().regex(/(^|__)cacheTag$/),
  args: z.object({ format: z.string() }),
});

/** Composition keeps it as `@join__directive(graphs: [SHOP], name: "federation__cacheTag", args: { format: "…" })`. */
function readCacheTag(directive: ConstDirectiveNode): { graphs: readonly string[]; format: string }[] {
  if (directive.name.value !== 'join__directive') return [];
  const parsed = cacheTagSchema.safeParse(argumentsOf(directive));
  return parsed.success ? [{ graphs: parsed.data.graphs, format: parsed.data.args.format }] : [];
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}

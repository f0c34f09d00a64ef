import { type DirectiveNode, type DocumentNode, Kind, type TypeNode, valueFromASTUntyped } from 'graphql';

/** Who asks, as a token would say. */
export interface Audience {
  isAuthenticated: boolean;
  scopes: readonly string[];
}

type Need = (audience: Audience) => boolean;

interface DeclaredType {
  needs: Need[];
  fields: Map<string, { needs: Need[]; type: string }>;
}

export interface Oracle {
  /** Whether the schema's text denies this field to them. */
  isDenied(type: string, field: string, audience: Audience): boolean;
}

/**
 * What the directives of a supergraph's text say, read as naively as they are written: a field needs its own and its
 * type's, a root's field also the root's, and what says nothing at all needs a token, or nothing where the company says so.
 */
export function createOracle(
  supergraph: DocumentNode,
  undeclared: 'authenticated' | 'public',
  roots: readonly string[],
): Oracle {
  const types = readTypes(supergraph);
  const rulesOf = (typeName: string, fieldName: string): Need[] => {
    const type = types.get(typeName)!;
    const field = type.fields.get(fieldName)!;
    return [...field.needs, ...(types.get(field.type)?.needs ?? []), ...(roots.includes(typeName) ? type.needs : [])];
  };
  const isRuled = (type: string, field: string) => rulesOf(type, field).length > 0 || types.get(type)!.needs.length > 0;
  return {
    isDenied: (type, field, audience) => {
      if (!isRuled(type, field)) return undeclared === 'authenticated' && !audience.isAuthenticated;
      return rulesOf(type, field).some((isMet) => !isMet(audience));
    },
  };
}

function readTypes(supergraph: DocumentNode): Map<string, DeclaredType> {
  const types = new Map<string, DeclaredType>();
  for (const node of supergraph.definitions) {
    if (!('directives' in node) || !('name' in node) || node.name === undefined) continue;
    if (node.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const isObject = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
    const fields = (isObject ? (node.fields ?? []) : []).map(
      (field) => [field.name.value, { needs: needsOf(field.directives), type: nameOf(field.type) }] as const,
    );
    types.set(node.name.value, { needs: needsOf(node.directives), fields: new Map(fields) });
  }
  return types;
}

function needsOf(directives: readonly DirectiveNode[] = []): Need[] {
  return directives.flatMap(({ name, arguments: args = [] }): Need[] => {
    if (name.value === 'authenticated') return [({ isAuthenticated }) => isAuthenticated];
    if (name.value !== 'requiresScopes') return [];
    const anyOf = valueFromASTUntyped(args[0]!.value) as string[][];
    return [({ scopes }) => anyOf.some((all) => all.every((scope) => scopes.includes(scope)))];
  });
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

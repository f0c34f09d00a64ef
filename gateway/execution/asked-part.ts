import { type GraphQLCompositeType, type GraphQLSchema, isObjectType, type SelectionSetNode } from 'graphql';
import type { SelectedFields } from './selected-fields.ts';
import type { Path } from './unknowns.ts';

/** The part of a path that the client asked for, save for `__typename`, which is never lost by itself. */
export type AskedPart = (path: Path) => Path;

/** Looks at what the objects on the way are, as far as that is known: what is asked of others does not count. */
export function createAskedPart(
  root: { data: unknown; type: GraphQLCompositeType; sets: readonly SelectionSetNode[] },
  { schema, selected }: { schema: GraphQLSchema; selected: SelectedFields },
): AskedPart {
  function typeOf(value: unknown): GraphQLCompositeType | null {
    const typename = own(value, '__typename');
    const type = typeof typename === 'string' ? schema.getType(typename) : null;
    return isObjectType(type) ? type : null;
  }

  return (path) => {
    let { data: value, sets } = root;
    let type: GraphQLCompositeType | null = root.type;
    for (const [index, step] of path.entries()) {
      if (typeof step === 'string') {
        const field = selected.of(sets, type).find(({ key }) => key === step);
        if (field === undefined || field.name === '__typename') return path.slice(0, index);
        sets = field.sets;
      }
      value = own(value, step);
      type = typeOf(value);
    }
    return path;
  };
}

function own(value: unknown, key: string | number): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
}

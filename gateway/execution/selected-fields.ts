import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** One response key of an object, as an operation asks for it. */
export interface SelectedField {
  key: string;
  name: string;
  /** The selections below, of all that have this key. */
  sets: readonly SelectionSetNode[];
}

/** What selections on an object come to: https://spec.graphql.org/October2021/#CollectFields() */
export interface SelectedFields {
  /** `type` is null for whatever it may be. */
  of(sets: readonly SelectionSetNode[], type: GraphQLCompositeType | null): readonly SelectedField[];
  /** Whether it takes to know more of an object than an abstract type to tell what is selected of it. */
  dependOnType(sets: readonly SelectionSetNode[], type: GraphQLAbstractType): boolean;
}

interface Collected {
  fields: readonly SelectedField[];
  /** No fragment is left out. */
  isAll: boolean;
}

/** For one document, in which no variable decides what is included. Each place is looked at once. */
export function createSelectedFields(
  document: DocumentNode,
  { schema, emptyKey }: { schema: GraphQLSchema; emptyKey: string },
): SelectedFields {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<readonly SelectionSetNode[], Map<GraphQLCompositeType | null, Collected>>();

  function collect(sets: readonly SelectionSetNode[], type: GraphQLCompositeType | null): Collected {
    let isAll = true;
    const fields = new Map<string, SelectedField & { sets: SelectionSetNode[] }>();
    const pending = new Set<SelectionSetNode>();
    const enter = (set: SelectionSetNode): void => {
      if (pending.has(set)) return;
      pending.add(set);
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          const key = (selection.alias ?? selection.name).value;
          if (key === emptyKey) continue;
          const field = fields.get(key) ?? { key, name: selection.name.value, sets: [] };
          fields.set(key, field);
          if (selection.selectionSet) field.sets.push(selection.selectionSet);
          continue;
        }
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)!;
        const condition = fragment.typeCondition?.name.value;
        if (type === null || condition === undefined || isWithin(schema, type, condition)) enter(fragment.selectionSet);
        else isAll = false;
      }
    };
    for (const set of sets) enter(set);
    return { fields: [...fields.values()], isAll };
  }

  function collected(sets: readonly SelectionSetNode[], type: GraphQLCompositeType | null): Collected {
    const byType = known.get(sets) ?? new Map<GraphQLCompositeType | null, Collected>();
    known.set(sets, byType);
    const made = byType.get(type) ?? collect(sets, type);
    byType.set(type, made);
    return made;
  }

  return {
    of: (sets, type) => collected(sets, type).fields,
    dependOnType: (sets, type) => {
      const { fields, isAll } = collected(sets, type);
      return !isAll || fields.some(({ name }) => name === '__typename');
    },
  };
}

function isWithin(schema: GraphQLSchema, type: GraphQLCompositeType, condition: string): boolean {
  if (condition === type.name) return true;
  const abstract = schema.getType(condition);
  return isAbstractType(abstract) && !isUnionType(type) && schema.isSubType(abstract, type);
}

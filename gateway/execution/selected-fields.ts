import {
  type DocumentNode,
  type FragmentDefinitionNode,
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

/** What these selections on an object come to: https://spec.graphql.org/October2021/#CollectFields() */
export type SelectedFieldsOf = (
  sets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
) => readonly SelectedField[];

/** For one document, in which no variable decides what is included. Each place is looked at once. */
export function createSelectedFields(
  document: DocumentNode,
  { schema, emptyKey }: { schema: GraphQLSchema; emptyKey: string },
): SelectedFieldsOf {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<readonly SelectionSetNode[], Map<GraphQLCompositeType, readonly SelectedField[]>>();

  function collect(sets: readonly SelectionSetNode[], type: GraphQLCompositeType): readonly SelectedField[] {
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
        const condition = fragment.typeCondition?.name.value ?? type.name;
        if (isWithin(schema, type, condition)) enter(fragment.selectionSet);
      }
    };
    for (const set of sets) enter(set);
    return [...fields.values()];
  }

  return (sets, type) => {
    const byType = known.get(sets) ?? new Map<GraphQLCompositeType, readonly SelectedField[]>();
    known.set(sets, byType);
    const fields = byType.get(type) ?? collect(sets, type);
    byType.set(type, fields);
    return fields;
  };
}

function isWithin(schema: GraphQLSchema, type: GraphQLCompositeType, condition: string): boolean {
  if (condition === type.name) return true;
  const abstract = schema.getType(condition);
  return isAbstractType(abstract) && !isUnionType(type) && schema.isSubType(abstract, type);
}

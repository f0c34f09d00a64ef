import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { DeclaredTags } from './declared-tags.ts';
import { formatTag, type TagFormat } from './tag-format.ts';
import { cacheTag, typeTag } from './tags.ts';

type Data = Record<string, unknown>;

/** By what is kept is found again to be removed. `text` is its place on its shelf. */
export type TagsOf = (text: string) => readonly string[];

/** Of entities: by their representations' type and keys. */
export function entityTags(subgraph: string, declared: DeclaredTags): TagsOf {
  return (text) => {
    // Cast: we wrote it ourselves.
    const representation = JSON.parse(text) as Data & { __typename: string };
    const { __typename: type } = representation;
    return [typeTag(subgraph, type), ...written(subgraph, declared.ofEntity(subgraph, type), { $key: representation })];
  };
}

/** Of root fields: by their names and arguments. `operation` is what is sent, `schema` has its fields. */
export function rootTags(
  subgraph: string,
  declared: DeclaredTags,
  { operation, schema }: { operation: string; schema: GraphQLSchema },
): TagsOf {
  const type = schema.getRootType(OperationTypeNode.QUERY)!;
  const fields = rootFieldsOf(operation).map((field) => ({
    field,
    formats: declared.ofRootField(subgraph, field.name.value),
  }));
  const tagged = fields.filter(({ formats }) => formats.length > 0);
  const own = typeTag(subgraph, type.name);
  return (text) => {
    if (tagged.length === 0) return [own];
    // Cast: we wrote it ourselves.
    const variables = (text === '' ? {} : JSON.parse(text)) as Data;
    return [
      own,
      ...tagged.flatMap(({ field, formats }) =>
        written(subgraph, formats, { $args: argumentsOf(field, type, variables) }),
      ),
    ];
  };
}

function written(subgraph: string, formats: readonly TagFormat[], values: Data): string[] {
  return formats.flatMap((format) => {
    const tag = formatTag(format, values);
    return tag === null ? [] : [cacheTag(subgraph, tag)];
  });
}

function rootFieldsOf(operation: string): FieldNode[] {
  const { definitions } = parse(operation, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet]] : [])),
  );
  const fieldsIn = ({ selections }: SelectionSetNode): FieldNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection];
      return fieldsIn(
        selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)!,
      );
    });
  return definitions.flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? fieldsIn(one.selectionSet) : []));
}

/** With the schema's defaults; none where the schema does not know the field, which clients then can't select. */
function argumentsOf(field: FieldNode, type: GraphQLObjectType, variables: Data): Data {
  const definition = type.getFields()[field.name.value];
  return definition === undefined ? {} : getArgumentValues(definition, field, variables);
}

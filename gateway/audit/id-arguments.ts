import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLID,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { fieldOf } from '../rights/guarded-operation.ts';
import { readVariables } from '../rights/sent-variables.ts';
import { shortReference } from './short-reference.ts';

/** The value of an argument of type ID, as it stands in the document. */
export type IdArgument = ValueNode;

/** More references than this are no question about somebody. */
const MAX_ASKED = 100;

/** Ids alone: an argument of any other type, as an e-mail address, is data. */
export function idArgumentsOf(node: FieldNode, parent: GraphQLCompositeType): IdArgument[] {
  const used = node.arguments ?? [];
  if (used.length === 0) return [];
  const { args } = fieldOf(parent, node.name.value);
  const isId = (name: string) => {
    const argument = args.find((one) => one.name === name);
    return argument !== undefined && getNamedType(argument.type) === GraphQLID;
  };
  return used.filter(({ name }) => isId(name.value)).map(({ value }) => value);
}

/** The references that a request put there; whatever else somebody may write into an id is left out. */
export function sentReferences(
  idArguments: readonly IdArgument[],
  operation: OperationDefinitionNode,
  sent: Readonly<Record<string, unknown>>,
): string[] {
  if (idArguments.length === 0) return [];
  const variables = readVariables(operation, sent);
  const sentValue = (node: ValueNode) =>
    node.kind === Kind.VARIABLE ? variables.valueOf(node.name.value) : valueFromASTUntyped(node, sent);
  const references = idArguments.flatMap((node) => {
    const value: unknown = sentValue(node);
    return (Array.isArray(value) ? value : [value]).map(shortReference);
  });
  return [...new Set(references.filter((reference) => reference !== null))].slice(0, MAX_ASKED);
}

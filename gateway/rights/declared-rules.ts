import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from 'graphql';
import type { Rule } from './rule.ts';
import type { RuleDirectives } from './rule-directives.ts';

/** What the supergraph declares, as it stands there: nothing is inherited or derived yet. */
export interface DeclaredType {
  kind: 'object' | 'interface' | 'input' | 'leaf' | 'union';
  rules: Rule[];
  interfaces: string[];
  /** Of an object or interface. */
  fields: Map<string, DeclaredField>;
  /** Of an input object. */
  inputFields: Map<string, DeclaredInput>;
  /** A subgraph adds fields to all implementers through this interface (`@interfaceObject`). */
  isInterfaceObject: boolean;
}

export interface DeclaredField {
  rules: Rule[];
  /** The named type, without lists and non-null. */
  type: string;
  arguments: Map<string, DeclaredInput>;
  /** No subgraph defines it on this object: it comes through an `@interfaceObject`. */
  isFromInterface: boolean;
}

export interface DeclaredInput {
  rules: Rule[];
  type: string;
}

/** Throws on a rule where none can stand. */
export function readDeclaredTypes(supergraph: DocumentNode, directives: RuleDirectives): Map<string, DeclaredType> {
  const types = new Map<string, DeclaredType>();
  for (const definition of supergraph.definitions) {
    if (isTypeDefinitionNode(definition) || isTypeExtensionNode(definition)) {
      addType(types, definition, directives);
    } else refuseRules(definition, directives);
  }
  return types;
}

function addType(
  types: Map<string, DeclaredType>,
  node: TypeDefinitionNode | TypeExtensionNode,
  directives: RuleDirectives,
): void {
  const type = types.get(node.name.value) ?? emptyType(kindOf(node));
  types.set(node.name.value, type);
  if (type.kind === 'union' || type.kind === 'input') refuseRules(node, directives);
  else type.rules.push(...accessRules(node.directives, directives));
  type.isInterfaceObject ||= (node.directives ?? []).some((use) => isTrue(use, 'join__type', 'isInterfaceObject'));
  if ('interfaces' in node) type.interfaces.push(...(node.interfaces ?? []).map(({ name }) => name.value));
  for (const member of membersOf(node)) {
    if (member.kind === Kind.FIELD_DEFINITION) type.fields.set(member.name.value, readField(member, directives));
    else if (member.kind === Kind.INPUT_VALUE_DEFINITION) {
      type.inputFields.set(member.name.value, readInput(member, directives));
    } else refuseRules(member, directives);
  }
}

function emptyType(kind: DeclaredType['kind']): DeclaredType {
  return { kind, rules: [], interfaces: [], fields: new Map(), inputFields: new Map(), isInterfaceObject: false };
}

function kindOf(node: TypeDefinitionNode | TypeExtensionNode): DeclaredType['kind'] {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
      return 'object';
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return 'interface';
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return 'input';
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.UNION_TYPE_EXTENSION:
      return 'union';
    default:
      return 'leaf';
  }
}

function membersOf(node: TypeDefinitionNode | TypeExtensionNode) {
  if ('fields' in node) return node.fields ?? [];
  return 'values' in node ? (node.values ?? []) : [];
}

function readField(node: FieldDefinitionNode, directives: RuleDirectives): DeclaredField {
  const joins = (node.directives ?? []).filter(({ name }) => name.value === 'join__field');
  return {
    rules: accessRules(node.directives, directives),
    type: namedType(node.type),
    arguments: new Map((node.arguments ?? []).map((input) => [input.name.value, readInput(input, directives)])),
    isFromInterface: joins.length > 0 && joins.every((join) => !hasArgument(join, 'graph')),
  };
}

function readInput(node: InputValueDefinitionNode, directives: RuleDirectives): DeclaredInput {
  const uses = node.directives ?? [];
  const misplaced = uses.find((use) => directives.accessRule(use) !== null);
  if (misplaced) throw misplacedRule(misplaced);
  return { rules: uses.flatMap((use) => directives.argumentRule(use) ?? []), type: namedType(node.type) };
}

function accessRules(uses: readonly ConstDirectiveNode[] | undefined, directives: RuleDirectives): Rule[] {
  const misplaced = uses?.find((use) => directives.argumentRule(use) !== null);
  if (misplaced) throw misplacedRule(misplaced);
  return (uses ?? []).flatMap((use) => directives.accessRule(use) ?? []);
}

function refuseRules(
  node: DefinitionNode | { directives?: readonly ConstDirectiveNode[] },
  directives: RuleDirectives,
): void {
  const uses = 'directives' in node ? (node.directives ?? []) : [];
  for (const use of uses as readonly ConstDirectiveNode[]) {
    if (directives.accessRule(use) !== null || directives.argumentRule(use) !== null) throw misplacedRule(use);
  }
}

function misplacedRule(use: ConstDirectiveNode): Error {
  return new Error(`The rule @${use.name.value} stands where it cannot be enforced`);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function hasArgument(use: ConstDirectiveNode, name: string): boolean {
  return use.arguments?.some((argument) => argument.name.value === name) ?? false;
}

function isTrue(use: ConstDirectiveNode, directive: string, argument: string): boolean {
  if (use.name.value !== directive) return false;
  const value = use.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.BOOLEAN && value.value;
}

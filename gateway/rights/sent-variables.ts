import { type ConstValueNode, type OperationDefinitionNode, valueFromASTUntyped } from 'graphql';

/** The variables of one request, as they were sent: graphql-js fills in defaults that no caller chose. */
export interface SentVariables {
  /** Undefined when the request does not name the variable; null is a value. */
  sent(name: string): { value: unknown } | undefined;
  /** The operation's own default. */
  defaultOf(name: string): ConstValueNode | undefined;
  /** What `@skip` and `@include` see. */
  valueOf(name: string): unknown;
}

export function readVariables(
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): SentVariables {
  const defaultOf = (name: string) =>
    operation.variableDefinitions?.find(({ variable }) => variable.name.value === name)?.defaultValue;
  return {
    sent: (name) => (Object.hasOwn(variables, name) ? { value: variables[name] } : undefined),
    defaultOf,
    valueOf(name) {
      if (Object.hasOwn(variables, name)) return variables[name];
      const literal = defaultOf(name);
      return literal === undefined ? undefined : valueFromASTUntyped(literal);
    },
  };
}

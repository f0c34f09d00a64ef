import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

/**
 * Names that plans use for themselves. An alias `__typename` would let a client choose which type an entity passes for;
 * a variable `representations` would stand in for the entities that are asked for.
 */
export function ReservedNamesRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.alias?.value !== '__typename' || node.name.value === '__typename') return;
      context.reportError(new GraphQLError('An alias cannot be named "__typename".', { nodes: node.alias }));
    },
    VariableDefinition(node) {
      if (node.variable.name.value !== 'representations') return;
      context.reportError(new GraphQLError('A variable cannot be named "representations".', { nodes: node }));
    },
  };
}

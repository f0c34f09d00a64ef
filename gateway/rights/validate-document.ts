import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';

/** More messages than this tell nobody anything, and each costs time. */
const MAX_ERRORS = 20;

/**
 * Validates against the full schema, because a denied field and an unknown one answer differently. So messages name
 * only what the document itself names: a suggestion could name what its author may not see.
 */
export function validateDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  rules: readonly ValidationRule[] = specifiedRules,
): readonly GraphQLError[] {
  return validate(schema, document, rules, { maxErrors: MAX_ERRORS, hideSuggestions: true });
}

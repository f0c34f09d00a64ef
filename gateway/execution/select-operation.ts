import { type DocumentNode, Kind, type OperationDefinitionNode } from 'graphql';
import { CodedError } from '../../common/errors.ts';

/** The document with the one operation that is to run, and its fragments. */
export function selectOperation(document: DocumentNode, operationName: string | null): DocumentNode {
  const chosen = chooseOperation(document, operationName);
  const others = (definition: { kind: string }) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition !== chosen;
  return { ...document, definitions: document.definitions.filter((definition) => !others(definition)) };
}

/** https://spec.graphql.org/October2021/#GetOperation() */
export function chooseOperation(document: DocumentNode, operationName: string | null): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const named = operationName === null ? operations : operations.filter(({ name }) => name?.value === operationName);
  if (named.length === 1) return named[0]!;
  if (operations.length === 0) throw new CodedError('BAD_REQUEST', 'The document holds no operation');
  throw new CodedError(
    'BAD_REQUEST',
    operationName === null
      ? 'The document holds several operations: say which with operationName'
      : 'The document holds no operation, or several, of the name given as operationName',
  );
}

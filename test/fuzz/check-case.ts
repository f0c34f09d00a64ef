import { deepStrictEqual, ok } from 'node:assert/strict';
import {
  type DocumentNode,
  executeSync,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { type Authorizer, createAuthorizer } from '../../gateway/rights/authorizer.ts';
import type { Decision } from '../../gateway/rights/decision.ts';
import { judgeRequest } from '../../gateway/rights/judge-request.ts';
import { buildRightsIndex } from '../../gateway/rights/rights-index.ts';
import { shapeData } from '../../gateway/rights/shape-data.ts';
import { type Caller, randomCaller, rightsOf } from './caller.ts';
import { checkVisibleSchema } from './check-visible-schema.ts';
import { type Choices, createChoices } from './choices.ts';
import { type MockObject, mockValue, ROOT_SEED } from './mock-data.ts';
import { answerOf, mayEnter, maySelect } from './oracle.ts';
import { createOperation, type RandomOperation } from './random-operation.ts';
import { createWorld, type World } from './random-world.ts';

/** The bytes that decide a case's schema and rules, its operation, and its callers. */
export type CaseBytes = readonly [world: Uint8Array, operation: Uint8Array, callers: Uint8Array];

/** Throws where the product and the oracle differ, and says in which case. */
export function checkCase([worldBytes, operationBytes, callerBytes]: CaseBytes): void {
  const world = createWorld(createChoices(worldBytes));
  const operationChoices = createChoices(operationBytes);
  const operation = createOperation(world.schema, operationChoices);
  const callerChoices = createChoices(callerBytes);
  const callers = [randomCaller(callerChoices), randomCaller(callerChoices)];
  try {
    checkCallers(world, operation, callers, operationChoices);
  } catch (cause) {
    const { supergraphSdl, undeclaredFields } = world;
    const shown = JSON.stringify({ undeclaredFields, variables: operation.variables, callers });
    throw new Error(`${(cause as Error).message}\n${supergraphSdl}\n${operation.query}\n${shown}`, { cause });
  }
}

/** One after the other: the second must not get what was decided for the first. */
function checkCallers(world: World, operation: RandomOperation, callers: readonly Caller[], choices: Choices): void {
  const { supergraphSdl, undeclaredFields, schema } = world;
  const authorizer = createAuthorizer({ schema, index: buildRightsIndex(supergraphSdl, { undeclaredFields }) });
  const document = parse(operation.query);
  checkIsValid(world, document, { isFiltered: false });
  for (const caller of callers) checkOperation(world, authorizer, document, operation, caller);
  checkVisibleSchema(world, authorizer, callers[0]!, choices);
}

function checkOperation(
  world: World,
  authorizer: Authorizer,
  document: DocumentNode,
  operation: RandomOperation,
  caller: Caller,
): void {
  const decision = authorizer.decide(document, rightsOf(caller));
  const introspection =
    decision.introspection &&
    executeSync({
      schema: authorizer.visibleSchema(rightsOf(caller)),
      document: decision.introspection,
      variableValues: operation.variables,
    }).data;
  const expected = answerOf(world, operation, caller, { queryType: { name: 'Query' } });
  const { kind, errors } = judgeRequest(decision, operation.variables);
  const problems = errors
    .map(({ path, extensions }) => `${JSON.stringify(path)} ${String(extensions?.coordinate)}`)
    .sort();
  if (kind === 'refused' || expected.kind === 'refused') {
    deepStrictEqual({ kind, problems }, expected);
    return;
  }
  if (decision.document !== null)
    checkIsValid(world, decision.document, { isFiltered: decision.document !== document });
  const data = executeFiltered(world, decision, operation, caller);
  const shaped = shapeData(decision, { data, introspection: introspection ?? null, variables: operation.variables });
  // As text, so that the order of keys counts.
  deepStrictEqual(
    { kind: 'answered', data: JSON.stringify(shaped), problems },
    { ...expected, data: JSON.stringify(expected.data) },
  );
}

function checkIsValid({ schema }: World, document: DocumentNode, { isFiltered }: { isFiltered: boolean }): void {
  const tolerated = isFiltered ? [] : [NoUnusedFragmentsRule, NoUnusedVariablesRule];
  const errors = validate(
    schema,
    document,
    specifiedRules.filter((rule) => !tolerated.includes(rule)),
  );
  deepStrictEqual(
    errors.map(({ message }) => message),
    [],
  );
}

/** Executes what is left, and sees to it that only what the caller may see is asked for. */
function executeFiltered(
  world: World,
  { document, guarded }: Decision,
  { variables }: RandomOperation,
  caller: Caller,
): Record<string, unknown> | null {
  if (document === null) return {};
  const leaked: string[] = [];
  const { data, errors = [] } = executeSync({
    schema: world.schema,
    document,
    rootValue: { seed: ROOT_SEED, type: guarded.rootType.name } satisfies MockObject,
    variableValues: variables,
    typeResolver: ({ type }: MockObject) => type,
    fieldResolver: (parent: MockObject, _args, _context, { parentType, fieldName, returnType }) => {
      const isAllowed =
        mayEnter(world, parentType.name, caller) && maySelect(world, parentType.name, fieldName, caller);
      if (!isAllowed) leaked.push(`${parentType.name}.${fieldName}`);
      return mockValue(world.schema, parent, fieldName, returnType);
    },
  });
  deepStrictEqual(leaked, []);
  ok(
    errors.every(({ message }) => message.startsWith('Cannot return null for non-nullable field')),
    errors.join(),
  );
  return data ?? null;
}

import type { ExecutionResult } from 'graphql';
import type { JsonValue } from '../../common/errors.ts';
import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import { restoreClientKeys } from './client-keys.ts';
import type { PlanContext } from './fetch.ts';
import { placeFailures } from './place-failures.ts';
import type { PreparedOperation } from './prepare.ts';
import { propagate } from './propagate.ts';
import { unexplainedNulls } from './unexplained-nulls.ts';

/** ApolloGateway's result with all errors in their places, as it goes to the client. */
export function toResponse(
  result: ExecutionResult,
  { document, clientKeys }: PreparedOperation,
  context: PlanContext,
): ExecutionResultBody {
  const { specs, roots, unknowns, notProvided, incomplete, freshness } = context;
  const extensions = {
    ...named('notProvided', [...notProvided.values()]),
    ...named('incomplete', [...incomplete.values()]),
    ...named(
      'stale',
      freshness.stale().map((part) => ({ ...part })),
    ),
  };
  const data = result.data ?? null;
  propagate(specs, roots, unknowns);
  const placed = placeFailures(unknowns.all(), data, document);
  const errors = [...placed, ...internalErrors(result, context), ...unexplainedNulls(result, placed, context)];
  const body = {
    ...(errors.length > 0 ? { errors } : {}),
    data,
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
  };
  return clientKeys.size > 0 ? restoreClientKeys(body, clientKeys) : body;
}

function named(name: string, entries: JsonValue[]): Record<string, JsonValue[]> {
  return entries.length > 0 ? { [name]: entries } : {};
}

/** Data sources report no errors, so these are faults: ours or ApolloGateway's. */
function internalErrors({ errors = [] }: ExecutionResult, { log }: PlanContext): ExecutionErrorBody[] {
  for (const err of errors) log.error({ err: err.originalError ?? err }, 'execution failed');
  return errors.length === 0 ? [] : [{ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }];
}

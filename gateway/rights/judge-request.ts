import { OperationTypeNode } from 'graphql';
import type { ExecutionErrorBody } from '../../common/transport.ts';
import { authorizationError } from './authorization-error.ts';
import { areIncluded } from './conditions.ts';
import type { Decision } from './decision.ts';
import { findForbiddenInput } from './forbidden-input.ts';
import { readVariables, type SentVariables } from './sent-variables.ts';
import type { DeniedSelection } from './survey-operation.ts';

/** What a decision comes to for one request. */
export type Verdict =
  /** Nothing may be executed: a forbidden argument, or a mutation of which a part is denied. */
  | { kind: 'refused'; errors: readonly ExecutionErrorBody[] }
  /** What is left may be executed; the errors tell of what the caller goes without. */
  | { kind: 'allowed'; errors: readonly ExecutionErrorBody[] };

/** Cheap: looks only at what the decision found denied. */
export function judgeRequest(decision: Decision, sent: Readonly<Record<string, unknown>>): Verdict {
  const { operation } = decision.guarded;
  const variables = readVariables(operation, sent);
  const forbidden = forbiddenArguments(decision, variables);
  const denied = decision.deniedSelections
    .filter((selection) => isIncluded(selection, variables))
    .map(({ error }) => error);
  const isRefusedMutation = operation.operation === OperationTypeNode.MUTATION && denied.length > 0;
  if (forbidden.length > 0 || isRefusedMutation) {
    return { kind: 'refused', errors: [...forbidden, ...(isRefusedMutation ? denied : [])] };
  }
  return { kind: 'allowed', errors: denied };
}

function forbiddenArguments(decision: Decision, variables: SentVariables): ExecutionErrorBody[] {
  const { unmetOf, guarded } = decision;
  const errors = new Map<string, ExecutionErrorBody>();
  for (const use of decision.argumentUses) {
    if (!areIncluded(use.conditions, variables)) continue;
    for (const { coordinate, unmet } of findForbiddenInput(use, variables, { index: guarded.index, unmetOf })) {
      const key = JSON.stringify([use.path, coordinate]);
      const message = `You may not use ${coordinate}; nothing was executed`;
      errors.set(key, authorizationError('FORBIDDEN_ARGUMENT', message, { path: use.path, coordinate, unmet }));
    }
  }
  return [...errors.values()];
}

function isIncluded({ conditions }: DeniedSelection, variables: SentVariables): boolean {
  return conditions.some((alternative) => areIncluded(alternative, variables));
}

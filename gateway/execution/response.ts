import type { JsonValue } from '../../common/errors.ts';
import { type AnswerBody, JsonText, type ObjectData } from './answer-body.ts';
import { restoreClientKeys } from './client-keys.ts';
import type { AnswerOutput } from './compile-operation.ts';
import type { PlanRun } from './fetch.ts';
import { tellOf } from './kept.ts';
import type { KeptText, TextPlace } from './kept-texts.ts';
import { placeFailures } from './place-failures.ts';
import type { PreparedOperation } from './prepare.ts';
import { propagate } from './propagate.ts';
import type { RequestContext } from './request-context.ts';
import { unexplainedNulls } from './unexplained-nulls.ts';

/** The answer to the client, made of what was fetched, with all errors in their places. */
export interface Executed {
  /** Nobody will look into its data any more: mostly it is text. */
  body(): AnswerBody;
  objectBody(): AnswerBody<ObjectData>;
}

/** `place`: where its text is kept, if it can be used again; null for nowhere. */
export function toExecuted(
  output: AnswerOutput,
  prepared: PreparedOperation,
  run: PlanRun,
  place: TextPlace | null,
): Executed {
  const objectBody = () => ({ ...complete(output, prepared, run), ...toExtensions(run) });
  return {
    objectBody,
    body: () => {
      // Where all is well, which is nearly always, nothing is built that only would be turned into text.
      const text = run.unknowns.areNone() ? output.write(run.tree.data) : null;
      if (text !== null && !run.hasAsked) place?.keep({ text, parts: run.keptParts });
      return text === null ? objectBody() : { data: new JsonText(text), ...toExtensions(run) };
    },
  };
}

/** The same answer as another one was, made of the same parts. */
export function executedAgain({ text, parts, nowMs }: KeptText & { nowMs: number }, context: RequestContext): Executed {
  for (const part of parts) tellOf(part, nowMs, context);
  return {
    body: () => ({ data: new JsonText(text), ...toExtensions(context) }),
    // Cast: it was written of an operation's data.
    objectBody: () => ({ data: JSON.parse(text) as ObjectData, ...toExtensions(context) }),
  };
}

function complete(output: AnswerOutput, { clientKeys }: PreparedOperation, run: PlanRun): AnswerBody<ObjectData> {
  const completed = output.complete(run.tree.data);
  propagate(run.specs, run.tree.data, run.unknowns);
  const placed = placeFailures(run.unknowns, completed.data, output.askedPart(run.tree.data));
  const errors = [...placed, ...unexplainedNulls(completed, placed, run)];
  const body = { ...(errors.length > 0 ? { errors } : {}), data: completed.data };
  return clientKeys.size > 0 ? restoreClientKeys(body, clientKeys) : body;
}

function toExtensions({ notProvided, incomplete, freshness }: RequestContext): Pick<AnswerBody, 'extensions'> {
  const extensions = {
    ...named('notProvided', [...notProvided.values()]),
    ...named('incomplete', [...incomplete.values()]),
    ...named(
      'stale',
      freshness.stale().map((part) => ({ ...part })),
    ),
  };
  return Object.keys(extensions).length > 0 ? { extensions } : {};
}

function named(name: string, entries: JsonValue[]): Record<string, JsonValue[]> {
  return entries.length > 0 ? { [name]: entries } : {};
}

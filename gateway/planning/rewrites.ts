import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { typesWithin } from './types-within.ts';

type PlannedRewrite = NonNullable<FetchNode['inputRewrites']>[number];

/** A change that the plan wants in what is sent or in what came: of one key, wherever `steps` lead to. */
export interface Rewrite {
  steps: readonly RewriteStep[];
  key: string;
  action: { kind: 'set'; value: unknown } | { kind: 'rename'; to: string };
}

export type RewriteStep =
  | { kind: 'field'; key: string }
  /** Further on only for objects of these types, and for such as do not tell theirs. */
  | { kind: 'type'; types: ReadonlySet<string> };

const FRAGMENT = '... on ';

export function toRewrites(planned: readonly PlannedRewrite[], schema: GraphQLSchema): Rewrite[] {
  return planned.map((rewrite) => ({
    steps: rewrite.path.slice(0, -1).map((step) => toStep(step, schema)),
    // The planner names a key at the end.
    key: rewrite.path.at(-1)!,
    action:
      rewrite.kind === 'ValueSetter'
        ? { kind: 'set', value: rewrite.setValueTo }
        : { kind: 'rename', to: rewrite.renameKeyTo },
  }));
}

function toStep(step: string, schema: GraphQLSchema): RewriteStep {
  if (!step.startsWith(FRAGMENT)) return { kind: 'field', key: step };
  return { kind: 'type', types: typesWithin(schema, step.slice(FRAGMENT.length)) };
}

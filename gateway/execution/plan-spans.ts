import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { nowMs, type Span } from '../../common/tracing/span.ts';
import type { FetchSpec, FetchSpecs } from '../planning/fetch-specs.ts';

/** A plan's nodes as steps of a trace. */
export interface PlanSpans {
  startFetch(spec: FetchSpec): Span;
  /** When the plan is through. */
  end(): void;
}

/** A node that holds others: it begins with the first of its fetches, and ends with the last. */
interface Step {
  name: string;
  parent: Step | null;
  span: Span | null;
  endedMs: number;
}

/** Fetches alone are told of: what they stand in follows from the plan. */
export function createPlanSpans(root: Span, { node }: QueryPlan, specs: FetchSpecs): PlanSpans {
  const fetches = node === undefined || node.kind === 'Subscription' ? [] : fetchesOf(node, null);
  const opened = new Set<Step>();

  const spanOf = (step: Step | null): Span => {
    if (step === null) return root;
    opened.add(step);
    step.span ??= spanOf(step.parent).child(step.name);
    return step.span;
  };

  return {
    startFetch(spec) {
      // Specs were read off the plan in this very order.
      const { fetch, parent } = fetches[specs.indexOf(spec)]!;
      const attributes = { 'jeden.subgraph': fetch.serviceName, 'jeden.types': typesOf(spec) };
      const span = spanOf(parent).child(`fetch ${fetch.serviceName}`, { kind: 'client', attributes });
      const end: Span['end'] = ({ error, atMs = nowMs() } = {}) => {
        for (let step = parent; step !== null; step = step.parent) step.endedMs = atMs;
        span.end(error === undefined ? { atMs } : { error, atMs });
      };
      return { ...span, end };
    },
    end: () => {
      for (const { span, endedMs } of opened) span?.end({ atMs: endedMs });
    },
  };
}

interface PlacedFetch {
  fetch: FetchNode;
  parent: Step | null;
}

/** No path is told: its keys are aliases, which callers choose. */
function fetchesOf(node: PlanNode, parent: Step | null): PlacedFetch[] {
  const step = { name: node.kind.toLowerCase(), parent, span: null, endedMs: 0 };
  switch (node.kind) {
    case 'Fetch':
      return [{ fetch: node, parent }];
    case 'Flatten':
      return fetchesOf(node.node, step);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => fetchesOf(child, step));
    case 'Condition':
    case 'Defer':
      return [];
  }
}

/** Of the entities it asks for, by the schema's names. */
function typesOf({ requires }: FetchSpec): string {
  return requires ? [...new Set(requires.flatMap(({ types }) => [...types]))].sort().join(' ') : 'root';
}

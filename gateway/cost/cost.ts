/**
 * What something costs in points, as far as that is known before a request's variables are: a number, or a sum whose
 * parts are multiplied by list sizes and switched by conditions. Parts are shared, never copied: a fragment that is
 * spread a thousand times is one object, and is evaluated once.
 */
export type Cost = number | VariableCost;

interface VariableCost {
  fixed: number;
  parts: readonly { by: Factor | null; cost: Cost }[];
}

type Factor = ListSize | Condition;

/** How many items a list has: the largest size that the request asks for. */
export interface ListSize {
  kind: 'size';
  variables: readonly SizeVariable[];
  /** What is asked for without a variable; null is nothing. */
  literal: number | null;
  /** When nothing is asked for. */
  fallback: number;
}

interface SizeVariable {
  name: string;
  /** The operation's default, for a request that does not send the variable; undefined is none. */
  default: unknown;
  /** Of the argument; null is none. */
  argumentDefault: number | null;
}

/** `@skip` and `@include` by a variable. */
interface Condition {
  kind: 'condition';
  variable: string;
  default: unknown;
  isIncludedIf: boolean;
}

export type Variables = Readonly<Record<string, unknown>>;

/** Sums stop here, so that they stay numbers: no infinity, and no NaN of nothing times infinity. */
const MOST = Number.MAX_SAFE_INTEGER;

export function add(costs: readonly Cost[]): Cost {
  let fixed = 0;
  const parts: VariableCost['parts'][number][] = [];
  for (const cost of costs) {
    if (typeof cost === 'number') fixed = Math.min(fixed + cost, MOST);
    else parts.push({ by: null, cost });
  }
  if (parts.length === 0) return fixed;
  return fixed === 0 && parts.length === 1 ? parts[0]!.cost : { fixed, parts };
}

export function times(size: number | ListSize, cost: Cost): Cost {
  if (cost === 0 || size === 0) return 0;
  if (typeof size !== 'number') return { fixed: 0, parts: [{ by: size, cost }] };
  if (typeof cost === 'number') return Math.min(size * cost, MOST);
  return { fixed: 0, parts: [{ by: toFixedSize(size), cost }] };
}

export function when(condition: Condition, cost: Cost): Cost {
  return cost === 0 ? 0 : { fixed: 0, parts: [{ by: condition, cost }] };
}

/** In time linear in the text that the cost was made of. */
export function evaluate(cost: Cost, variables: Variables): number {
  const known = new Map<VariableCost, number>();
  const compute = (one: Cost): number => {
    if (typeof one === 'number') return one;
    const before = known.get(one);
    if (before !== undefined) return before;
    const sum = one.parts.reduce(
      (total, part) => Math.min(total + factorOf(part.by, variables) * compute(part.cost), MOST),
      one.fixed,
    );
    known.set(one, sum);
    return sum;
  };
  return compute(cost);
}

/** What this request asks for, or the fallback. */
export function sizeOf({ variables, literal, fallback }: ListSize, values: Variables): number {
  const asked = variables.map((variable) => askedBy(variable, values)).filter((size) => size !== null);
  const all = literal === null ? asked : [...asked, literal];
  return all.length === 0 ? fallback : Math.max(...all);
}

/** A size that makes no sense counts as one that is not there: -1 must neither lower a cost nor mean "all" for free. */
export function toSize(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? Math.min(value, MOST) : null;
}

function askedBy({ name, default: fallback, argumentDefault }: SizeVariable, values: Variables): number | null {
  return toSize(readVariable(name, fallback, values)) ?? argumentDefault;
}

function factorOf(by: Factor | null, variables: Variables): number {
  if (by === null) return 1;
  if (by.kind === 'size') return sizeOf(by, variables);
  const value = readVariable(by.variable, by.default, variables);
  // What is no boolean is refused later; until then it counts.
  return typeof value !== 'boolean' || value === by.isIncludedIf ? 1 : 0;
}

function readVariable(name: string, fallback: unknown, variables: Variables): unknown {
  return Object.hasOwn(variables, name) ? variables[name] : fallback;
}

function toFixedSize(size: number): ListSize {
  return { kind: 'size', variables: [], literal: size, fallback: size };
}

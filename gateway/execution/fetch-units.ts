import type { ExecutionErrorBody, ExecutionResultBody } from '../../common/transport.ts';
import type { FetchSpec } from '../planning/fetch-specs.ts';
import type { Shape } from '../planning/shape.ts';
import { checkShape, type Problem } from './check-shape.ts';
import { publicError } from './subgraph-error.ts';
import type { Failure, Path, Unknowns } from './unknowns.ts';

type Data = Record<string, unknown>;

/** One object that a fetch fills: the root object, or one entity. */
export interface FetchUnit {
  /** Where it stands in the answer to the client: an entity may stand in several places. */
  places(): readonly Path[];
  /** Where the subgraph's paths to it begin. */
  from: Path;
  /** What the subgraph gave for it; null for nothing. */
  data: Data | null;
  /** Its type where the data does not tell. */
  typename: string | null;
  /** What of the data has not the shape it should, where that was found already. */
  problems: readonly Problem[] | null;
}

interface Fetched {
  service: string;
  spec: FetchSpec;
  units: readonly FetchUnit[];
}

/** Notes all that is missing in a subgraph's answer, and why. Replaces malformed values by null. */
export function noteMissing(fetched: Fetched, errors: ExecutionResultBody['errors'], unknowns: Unknowns): void {
  const { service, spec, units } = fetched;
  for (const reported of errors ?? []) {
    const error = publicError(service, reported);
    const { path = [] } = reported;
    const owners = units.filter(({ from }) => from.every((key, index) => path[index] === key));
    // An error that belongs to no unit is about all of them.
    if (owners.length === 0) for (const unit of units) noteFailure(unit, [], error, spec, unknowns);
    for (const unit of owners) noteFailure(unit, path.slice(unit.from.length), error, spec, unknowns);
  }
  for (const unit of units) noteProblems(unit, service, spec, unknowns);
}

/** Notes that a fetch brought nothing at all. */
export function noteLost(
  { spec, units }: Omit<Fetched, 'service'>,
  error: ExecutionErrorBody,
  unknowns: Unknowns,
): void {
  for (const unit of units) noteFailure({ ...unit, data: null }, [], error, spec, unknowns);
}

function noteFailure(unit: FetchUnit, path: Path, error: ExecutionErrorBody, spec: FetchSpec, unknowns: Unknowns) {
  const { places, data } = unit;
  const failures = (missing: Path, field: Path, fields: Shape | null = null): Failure[] =>
    places().map((at) => ({ at: place(at, missing, spec), field: place(at, field, spec), error, fields }));
  if (data !== null && path.length > 0) {
    const missing = pathToNull(data, path);
    for (const failure of failures(missing ?? path, path)) unknowns[missing ? 'add' : 'report'](failure);
    return;
  }
  // What the error names comes first: where one place is lost with all of them, it stands for the others.
  const lost = [...spec.shape].sort(([a], [b]) => Number(b === path[0]) - Number(a === path[0]));
  for (const [key, { fields }] of lost) {
    if (data !== null && data[key] !== null && data[key] !== undefined) continue;
    for (const failure of failures([key], path[0] === key ? path : [key], fields)) {
      // One reason is enough for a field that no error speaks of by name.
      if (path[0] === key || !unknowns.has(failure.at)) unknowns.add(failure);
    }
  }
  if (data !== null) for (const failure of failures([], [])) unknowns.report(failure);
}

const PROBLEMS: Readonly<Record<Problem['kind'], string>> = {
  missing: 'answered without a field that it was asked for',
  malformed: 'answered with something else than its schema promises',
  null: 'answered null for a field that is never null',
};

function noteProblems(
  { places, data, typename, problems }: FetchUnit,
  service: string,
  spec: FetchSpec,
  unknowns: Unknowns,
): void {
  if (data === null) return;
  for (const { path, kind } of problems ?? checkShape(data, spec.shape, typename)) {
    const message = `Subgraph ${service} ${PROBLEMS[kind]}`;
    const error = { message, extensions: { code: 'SUBGRAPH_BAD_RESPONSE', service } };
    for (const missing of places().map((at) => place(at, path, spec))) {
      if (!unknowns.has(missing)) unknowns.add({ at: missing, field: missing, error, fields: null });
    }
  }
}

/** The path down to where the data has nothing any more; null when it has a value at the end. */
function pathToNull(data: Data, path: Path): Path | null {
  let value: unknown = data;
  for (const [index, key] of path.entries()) {
    value = typeof value === 'object' && value !== null ? (value as Data)[key] : null;
    if (value === null || value === undefined) return path.slice(0, index + 1);
  }
  return null;
}

/** In the answer's keys: the planner gives some fields another name on their way. */
function place(at: Path, path: Path, { renames }: FetchSpec): Path {
  return [...at, ...path.map((key) => (typeof key === 'string' ? (renames.get(key) ?? key) : key))];
}

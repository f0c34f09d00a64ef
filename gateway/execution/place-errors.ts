import type { ResponsePath } from '@apollo/query-planner';
import type { ExecutionErrorBody } from '../../common/transport.ts';
import { fetchKey, type LostFields, pathKey } from '../planning/lost-fields.ts';

/** Where in the client's answer a fetch puts its data. */
export interface FetchPlace {
  operation: string;
  path: ResponsePath;
  /** How many entities it asked for; null for root fields. */
  entities: number | null;
  lostFields: LostFields;
}

/**
 * Moves a subgraph's errors to the fields the client asked for. Paths are the subgraph's own (`_entities`, index, ...):
 * ApolloGateway turns them into response paths. What has no usable path counts for all that was asked.
 */
export function placeErrors(errors: readonly ExecutionErrorBody[], place: FetchPlace): ExecutionErrorBody[] {
  return errors.flatMap((error) => {
    const { path } = error;
    const ofEntity = place.entities !== null && path?.[0] === '_entities' && typeof path[1] === 'number';
    if (path === undefined || path.length === 0 || (place.entities !== null && !ofEntity))
      return placeFailure(error, place);
    if (ofEntity && path.length === 2) return spread(error, path, allLost(place));
    return spread(error, path.slice(0, -1), lostAt(path, ofEntity, place));
  });
}

/** One error for each field that the client misses when the whole fetch failed. */
export function placeFailure(error: ExecutionErrorBody, place: FetchPlace): ExecutionErrorBody[] {
  const bases =
    place.entities === null ? [[]] : Array.from({ length: place.entities }, (_, index) => ['_entities', index]);
  return bases.flatMap((base) => spread(error, base, allLost(place)));
}

function spread(
  error: ExecutionErrorBody,
  base: readonly (string | number)[],
  keys: readonly (string | number)[],
): ExecutionErrorBody[] {
  if (keys.length === 0) return [{ ...error, path: base }];
  return keys.map((key) => ({ ...error, path: [...base, key] }));
}

function allLost({ operation, path, lostFields }: FetchPlace): string[] {
  const at = lostFields.lost[pathKey(path)] ?? {};
  const provided = lostFields.provided[fetchKey(operation, path)] ?? [];
  return [...new Set(provided.flatMap((key) => at[key] ?? []))];
}

/** Fields of the client lost with the field this path ends in: itself, unless only the plan asked for it. */
function lostAt(
  path: readonly (string | number)[],
  ofEntity: boolean,
  place: FetchPlace,
): readonly (string | number)[] {
  const key = path.at(-1)!;
  const parent = [...place.path, ...(ofEntity ? path.slice(2, -1) : path.slice(0, -1))];
  return place.lostFields.lost[pathKey(parent)]?.[key] ?? [key];
}

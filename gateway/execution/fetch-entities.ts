import type { ExecutionResultBody } from '../../common/transport.ts';
import type { EntityRequirement } from '../planning/fetch-specs.ts';
import { type Data, explain, type Fetch, send } from './fetch.ts';
import { type FetchUnit, noteLost, noteMissing } from './fetch-units.ts';
import { type Position, positionsAt, representedBy } from './positions.ts';
import { publicError, subgraphFailure } from './subgraph-error.ts';
import type { Unknowns } from './unknowns.ts';

/** What ApolloGateway wants: one entity for each representation that it made, in its order. */
export interface EntityData extends Data {
  _entities: (Data | null)[];
}

/** A representation as it is sent: once, however often the entity stands in the answer. */
interface Asked {
  representation: Data;
  places: Position['path'][];
}

/** Asks a subgraph for entities. Null stands for each that it gave nothing for; why, is noted. */
export async function fetchEntities(fetch: Fetch, requires: readonly EntityRequirement[]): Promise<EntityData> {
  const { service, spec, context, variables } = fetch;
  const representations = variables.representations as Data[];
  const { asked, indexes } = groupEqual(representations, toPlaces(fetch, requires, representations));
  const expand = (entities: readonly (Data | null)[]): EntityData => ({
    _entities: indexes.map((index) => (index === null ? null : (entities[index] ?? null))),
  });
  if (asked.length === 0) return expand([]);
  try {
    const answer = await send(fetch, {
      ...variables,
      representations: asked.map(({ representation }) => representation),
    });
    const entities = entitiesOf(answer, asked.length);
    const units = asked.map((one, index) => toUnit(one, index, entities?.[index] ?? null));
    const errors = answer.errors ?? [];
    if (entities === null) {
      if (errors[0] === undefined) {
        throw subgraphFailure('SUBGRAPH_BAD_RESPONSE', service, 'answered without the entities it was asked for');
      }
      noteLost({ spec, units }, publicError(service, errors[0]), context.unknowns);
      return expand([]);
    }
    noteMissing({ service, spec, units }, errors, context.unknowns);
    context.absent.push(...units.flatMap(({ data, places }) => (data === null ? places : [])));
    return expand(entities);
  } catch (error) {
    const units = asked.map((one, index) => toUnit(one, index, null));
    noteLost({ spec, units }, explain(fetch, error), context.unknowns);
    return expand([]);
  }
}

/** Where each representation's entity stands; null if something that it is made from is not known. */
function toPlaces(
  { spec, context }: Fetch,
  requires: readonly EntityRequirement[],
  representations: readonly Data[],
): (Position['path'] | null)[] {
  const positions = representedBy(positionsAt(context.roots, spec.path), requires, representations.length);
  return representations.map((_, index) => {
    const position = positions[index];
    if (position === undefined) return spec.path;
    return failureOf(position, requires, context.unknowns) === null ? position.path : null;
  });
}

/** Asking with null where the truth is unknown would get a wrong answer. */
function failureOf({ path, value }: Position, requires: readonly EntityRequirement[], unknowns: Unknowns) {
  if (unknowns.isEmpty()) return null;
  const fitting = requires.filter(({ types }) => types.has(String(value.__typename)));
  return fitting.map(({ keys }) => unknowns.among(keys, path, value)).find((failure) => failure !== null) ?? null;
}

function groupEqual(representations: readonly Data[], places: readonly (Position['path'] | null)[]) {
  const asked: Asked[] = [];
  const known = new Map<string, number>();
  const indexes = representations.map((representation, index) => {
    const place = places[index];
    if (place === null || place === undefined) return null;
    const text = JSON.stringify(representation);
    const before = known.get(text);
    if (before !== undefined) {
      asked[before]!.places.push(place);
      return before;
    }
    known.set(text, asked.length);
    return asked.push({ representation, places: [place] }) - 1;
  });
  return { asked, indexes };
}

/** Null when they are not as many as were asked for: nobody could tell which is which. */
function entitiesOf({ data }: ExecutionResultBody, count: number): (Data | null)[] | null {
  const entities = data?._entities;
  if (!Array.isArray(entities) || entities.length !== count) return null;
  return entities.every((entity) => typeof entity === 'object' && !Array.isArray(entity)) ? entities : null;
}

function toUnit({ representation, places }: Asked, index: number, data: Data | null): FetchUnit {
  return { places, from: ['_entities', index], data, typename: String(representation.__typename) };
}

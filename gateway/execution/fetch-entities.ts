import type { ExecutionResultBody } from '../../common/transport.ts';
import type { EntityRequirement } from '../planning/fetch-specs.ts';
import { type Data, explain, type Fetch, send } from './fetch.ts';
import { type FetchUnit, noteLost, noteMissing } from './fetch-units.ts';
import { type Position, positionsAt, representedBy } from './positions.ts';
import { publicError, subgraphFailure } from './subgraph-error.ts';
import type { Path, Unknowns } from './unknowns.ts';

/** What ApolloGateway wants: one entity for each representation that it made, in its order. */
export interface EntityData extends Data {
  _entities: (Data | null)[];
}

/** A representation as it is sent: once, however often the entity stands in the answer. */
interface Asked {
  representation: Data;
  /** Which of ApolloGateway's representations are equal to it. */
  indexes: number[];
}

/** Finds where the entities of some of ApolloGateway's representations stand. */
type PlacesOf = (indexes: readonly number[]) => Path[];

/** Asks a subgraph for entities. Null stands for each that it gave nothing for; why, is noted. */
export async function fetchEntities(fetch: Fetch, requires: readonly EntityRequirement[]): Promise<EntityData> {
  const { service, spec, context, variables } = fetch;
  const representations = variables.representations as Data[];
  const positions = memoize(() => findPositions(fetch, requires, representations.length));
  const placesOf: PlacesOf = (indexes) => indexes.map((index) => positions()[index]?.path ?? spec.path);
  const asked = groupEqual(representations, (index) => canBeAsked(positions, index, requires, context.unknowns));
  if (asked.length === 0) return expand(representations.length, asked, []);
  const toUnits = (entities: readonly (Data | null)[]) =>
    asked.map((one, index) => toUnit(one, index, entities, placesOf));
  try {
    const sent = asked.map(({ representation }) => representation);
    const answer = await send(fetch, { ...variables, representations: sent });
    const entities = entitiesOf(answer, asked.length);
    const errors = answer.errors ?? [];
    if (entities === null) {
      if (errors[0] === undefined) {
        throw subgraphFailure('SUBGRAPH_BAD_RESPONSE', service, 'answered without the entities it was asked for');
      }
      noteLost({ spec, units: toUnits([]) }, publicError(service, errors[0]), context.unknowns);
      return expand(representations.length, asked, []);
    }
    const units = toUnits(entities);
    noteMissing({ service, spec, units }, errors, context.unknowns);
    context.absent.push(...units.flatMap(({ data, places }) => (data === null ? places() : [])));
    return expand(representations.length, asked, entities);
  } catch (error) {
    noteLost({ spec, units: toUnits([]) }, explain(fetch, error), context.unknowns);
    return expand(representations.length, asked, []);
  }
}

/** Only failures make it worth to look where everything stands. */
function findPositions({ spec, context }: Fetch, requires: readonly EntityRequirement[], count: number): Position[] {
  return representedBy(positionsAt(context.roots, spec.path), requires, count);
}

/** Asking with null where the truth is unknown would get a wrong answer. */
function canBeAsked(
  positions: () => readonly Position[],
  index: number,
  requires: readonly EntityRequirement[],
  unknowns: Unknowns,
): boolean {
  const position = unknowns.isEmpty() ? undefined : positions()[index];
  if (position === undefined) return true;
  const { path, value } = position;
  const fitting = requires.filter(({ types }) => types.has(String(value.__typename)));
  return fitting.every(({ keys }) => unknowns.among(keys, path, value) === null);
}

function groupEqual(representations: readonly Data[], isWanted: (index: number) => boolean): Asked[] {
  const asked = new Map<string, Asked>();
  for (const [index, representation] of representations.entries()) {
    if (!isWanted(index)) continue;
    const text = JSON.stringify(representation);
    const known = asked.get(text);
    if (known === undefined) asked.set(text, { representation, indexes: [index] });
    else known.indexes.push(index);
  }
  return [...asked.values()];
}

function expand(count: number, asked: readonly Asked[], entities: readonly (Data | null)[]): EntityData {
  const expanded = new Array<Data | null>(count).fill(null);
  for (const [at, { indexes }] of asked.entries()) {
    for (const index of indexes) expanded[index] = entities[at] ?? null;
  }
  return { _entities: expanded };
}

/** Null when they are not as many as were asked for: nobody could tell which is which. */
function entitiesOf({ data }: ExecutionResultBody, count: number): (Data | null)[] | null {
  const entities = data?._entities;
  if (!Array.isArray(entities) || entities.length !== count) return null;
  return entities.every((entity) => typeof entity === 'object' && !Array.isArray(entity)) ? entities : null;
}

function toUnit(
  { representation, indexes }: Asked,
  at: number,
  entities: readonly (Data | null)[],
  placesOf: PlacesOf,
): FetchUnit {
  return {
    places: () => placesOf(indexes),
    from: ['_entities', at],
    data: entities[at] ?? null,
    typename: String(representation.__typename),
  };
}

function memoize<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

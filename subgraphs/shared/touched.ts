import { type DocumentNode, type GraphQLResolveInfo, type GraphQLSchema, isObjectType, Kind } from 'graphql';
import { CodedError } from '../../common/errors.ts';
import { createReferencesByType, type ReferencesByType } from '../../common/references-by-type.ts';
import { openRecords } from './customer-records.ts';
import { parseReference } from './reference.ts';
import type { Sealer } from './seal.ts';
import type { CallContext } from './upstream/context.ts';

/**
 * The records that an answer was made from, for the audit: references by the type they were read as. `Customer` holds the
 * references of the people and companies whom the other records belong to.
 */
export type Touched = Readonly<Record<string, readonly string[]>>;

/** What an entity of each type stands for; one that is not named here stands for its own id. */
export type TouchedBy<C> = Readonly<Record<string, (entity: never, context: C) => Touched>>;

/** A page has at most 100 rows, so only lists in lists come here. */
const MAX_REFERENCES = 10_000;

/**
 * Notes each entity that an answer holds, also where only a part of it is selected. graphql-js asks `isTypeOf` once for
 * each object it is about to read, after every resolver that could still have withheld it.
 */
export function noteEntities<C extends CallContext>(
  schema: GraphQLSchema,
  typeDefs: DocumentNode,
  touchedBy: TouchedBy<C>,
): void {
  for (const name of entityNames(typeDefs)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const standsFor = touchedBy[name] ?? ownId(name);
    type.isTypeOf = (entity: unknown, context: C, { path }) => {
      // Cast: a resolver of this type has returned it.
      context.touched?.(standsFor(entity as never, context), placesOf(path, entity, context));
      return true;
    };
  }
  noteReferences(schema);
}

/** The places of entities that were asked for by reference, by the object that came of it. */
const placesByEntity = new WeakMap<object, Map<unknown, number[]>>();

/** Notes what comes of each reference: the same object may come of several. */
function noteReferences(schema: GraphQLSchema): void {
  const field = schema.getQueryType()?.getFields()._entities;
  const resolve = field?.resolve;
  if (!field || !resolve) return;
  field.resolve = async (root, args, context, info) => {
    const found: unknown = await resolve(root, args, context, info);
    const places = new Map<unknown, number[]>();
    placesByEntity.set(context, places);
    const note = (entity: unknown, index: number) => {
      places.set(entity, [...(places.get(entity) ?? []), index]);
      return entity;
    };
    if (!Array.isArray(found)) return found;
    return found.map((entity, index) =>
      entity instanceof Promise ? entity.then((one) => note(one, index)) : note(entity, index),
    );
  };
}

/** In which of the entities that were asked for by reference something stands. */
function placesOf(path: GraphQLResolveInfo['path'], entity: unknown, context: object): readonly number[] {
  let [last, first] = [path, path];
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step; step = step.prev) [last, first] = [first, step];
  if (first.key !== '_entities') return [];
  if (last !== first && typeof last.key === 'number') return [last.key];
  return placesByEntity.get(context)?.get(entity) ?? [];
}

/** Types with a key. */
function entityNames(typeDefs: DocumentNode): string[] {
  return typeDefs.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.directives?.some(({ name }) => name.value === 'key')
      ? [definition.name.value]
      : [],
  );
}

function ownId(type: string): (entity: { id?: unknown }) => Touched {
  return ({ id }) => (typeof id === 'string' && parseReference(id) !== null ? { [type]: [id] } : {});
}

/** A domain's customer is all records that identity has found; one that is only pointed at has not been read. */
export function touchedCustomer(
  customer: { claim: string } | { records: string },
  { sealer }: { sealer: Sealer },
): Touched {
  if (!('records' in customer)) return {};
  try {
    const { id, references } = openRecords(sealer, customer.records);
    return { Customer: [id, ...references] };
  } catch (error) {
    // Nobody's: each field says so itself.
    if (error instanceof CodedError) return {};
    throw error;
  }
}

/** Collects what one request touches, each reference once. */
export function createTouchedList() {
  const references = createReferencesByType(MAX_REFERENCES);
  const byEntity = new Map<number, ReferencesByType>();
  /** Something was touched of which it is not known for which entity. */
  let isApart = true;

  return {
    add(touched: Touched, entities: readonly number[]): void {
      note(touched, references);
      if (entities.length === 0) isApart = false;
      for (const entity of entities) {
        const own = byEntity.get(entity) ?? createReferencesByType(MAX_REFERENCES);
        byEntity.set(entity, own);
        note(touched, own);
      }
    },
    /**
     * As it stands in an answer's extensions; `touchedCut` says that some are missing. `count`: of the entities that were
     * asked for by reference, for each of which `touchedBy` then tells the same; null for none.
     */
    toExtensions(count: number | null) {
      if (references.byType.size === 0) return {};
      if (references.isCut()) return { touched: toJson(references), touchedCut: true };
      const places =
        count === null || !isApart ? null : Array.from({ length: count }, (_, index) => byEntity.get(index));
      const touchedBy = places?.map((own) => (own ? toJson(own) : {}));
      return { touched: toJson(references), ...(touchedBy ? { touchedBy } : {}) };
    },
  };
}

function note(touched: Touched, into: ReferencesByType): void {
  for (const [type, given] of Object.entries(touched)) for (const reference of given) into.note(type, reference);
}

function toJson({ byType }: ReferencesByType): Touched {
  return Object.fromEntries([...byType].map(([type, known]) => [type, [...known]]));
}

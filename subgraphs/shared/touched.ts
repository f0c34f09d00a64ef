import { type DocumentNode, type GraphQLSchema, isObjectType, Kind } from 'graphql';
import { CodedError } from '../../common/errors.ts';
import { createReferencesByType } from '../../common/references-by-type.ts';
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
    type.isTypeOf = (entity: unknown, context: C) => {
      // Cast: a resolver of this type has returned it.
      context.touched?.(standsFor(entity as never, context));
      return true;
    };
  }
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

  return {
    add(touched: Touched): void {
      for (const [type, given] of Object.entries(touched)) {
        for (const reference of given) references.note(type, reference);
      }
    },
    /** As it stands in an answer's extensions; `touchedCut` says that some are missing. */
    toExtensions() {
      if (references.byType.size === 0) return {};
      const touched = Object.fromEntries([...references.byType].map(([type, known]) => [type, [...known]]));
      return { touched, ...(references.isCut() ? { touchedCut: true } : {}) };
    },
  };
}

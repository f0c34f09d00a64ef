import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Decision, decide, decisionKey, takeIntrospection } from './decision.ts';
import { type Authority, type GuardedOperation, readOperation } from './guarded-operation.ts';
import { type CallerRights, policiesOf, type Rule } from './rule.ts';
import { findTouchedRules } from './touched-rules.ts';
import { buildVisibleSchema } from './visible-schema.ts';

/** Judges the operations of one supergraph, and remembers what it decided. */
export interface Authorizer {
  /** The policies whose outcome this operation depends on: all of them, when it asks for the schema. */
  policiesOf(document: DocumentNode): ReadonlySet<string>;
  /** The document must be valid and hold one operation. Throws when it cannot be judged: then it may not run. */
  decide(document: DocumentNode, rights: CallerRights): Decision;
  /** Whether anybody may see all that this operation asks for. */
  isPublic(document: DocumentNode): boolean;
  /** What introspection shows this caller. */
  visibleSchema(rights: CallerRights): GraphQLSchema;
}

interface ReadOperation {
  guarded: GuardedOperation;
  touched: readonly Rule[];
  /** The policies whose outcome it depends on. */
  policies: ReadonlySet<string>;
  decisions: LRUCache<string, Decision>;
}

/** Callers with different relevant rights for one operation; most operations have two or three. */
const MAX_DECISIONS = 64;
/** Each can be as large as the whole schema. */
const MAX_SCHEMAS = 64;

/** `onRead` is told of each look for a decision: whether it was there. */
export function createAuthorizer(authority: Authority, onRead: (isKept: boolean) => void = () => {}): Authorizer {
  // Decisions live as long as their document: whoever caches documents bounds them too.
  const operations = new WeakMap<DocumentNode, ReadOperation>();
  const schemas = new LRUCache<string, GraphQLSchema>({ max: MAX_SCHEMAS });

  function read(document: DocumentNode): ReadOperation {
    const known = operations.get(document);
    if (known !== undefined) return known;
    const guarded = readOperation(document, authority);
    const decisions = new LRUCache<string, Decision>({ max: MAX_DECISIONS });
    const touched = findTouchedRules(guarded);
    const policies = takeIntrospection(guarded) === null ? policiesOf(touched) : authority.index.policies;
    const operation = { guarded, touched, policies, decisions };
    operations.set(document, operation);
    return operation;
  }

  return {
    policiesOf: (document) => read(document).policies,
    isPublic: (document) => read(document).touched.length === 0,
    decide(document, rights) {
      const { guarded, touched, decisions } = read(document);
      const key = decisionKey(touched, rights);
      const known = decisions.get(key);
      onRead(known !== undefined);
      const decision = known ?? decide(guarded, touched, key);
      decisions.set(key, decision);
      return decision;
    },
    visibleSchema(rights) {
      const fingerprint = decisionKey(authority.index.rules, rights);
      const schema = schemas.get(fingerprint) ?? buildVisibleSchema(authority, rights);
      schemas.set(fingerprint, schema);
      return schema;
    },
  };
}

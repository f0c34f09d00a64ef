import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionNode,
  validate,
  visit,
} from 'graphql';
import type { Case } from './contenders.ts';
import type { Faults } from './faults.ts';
import { withoutUnused } from './tidy-document.ts';

/** Where planning takes long, a case that is less than the simplest has to do. */
const MAX_MS = 40_000;

/** The simplest case that can be made of this one, part by part, in which the difference is still there. */
export async function shrink(
  schema: GraphQLSchema,
  first: Case,
  stillFails: (one: Case) => Promise<boolean>,
): Promise<Case> {
  const startedAt = performance.now();
  let best = first;
  for (let isSimpler = true; isSimpler; ) {
    isSimpler = false;
    for (const simpler of simplerCases(schema, best)) {
      if (performance.now() - startedAt > MAX_MS) return best;
      if (!(await stillFails(simpler))) continue;
      best = simpler;
      isSimpler = true;
      break;
    }
  }
  return best;
}

function* simplerCases(schema: GraphQLSchema, one: Case): Generator<Case> {
  for (const faults of simplerFaults(one.faults)) yield { ...one, faults };
  for (const document of simplerDocuments(one.document)) {
    if (document && validate(schema, document).length === 0) yield { ...one, document };
  }
}

function* simplerFaults(faults: Faults): Generator<Faults> {
  for (const kind of ['values', 'calls', 'entities'] as const) {
    for (const index of faults[kind].keys()) {
      yield { ...faults, [kind]: faults[kind].filter((_one, other) => other !== index) };
    }
  }
}

/** The larger the part that is left out, the earlier. */
function* simplerDocuments(document: DocumentNode): Generator<DocumentNode | null> {
  const parts: SelectionNode[] = [];
  visit(document, {
    Field: (node) => void parts.push(node),
    InlineFragment: (node) => void parts.push(node),
    FragmentSpread: (node) => void parts.push(node),
  });
  const sized = parts.map((part) => ({ part, size: print(part).length })).sort((a, b) => b.size - a.size);
  for (const { part } of sized) yield replace(document, part, []);
  for (const { part } of sized) {
    if (part.kind === Kind.INLINE_FRAGMENT) yield replace(document, part, part.selectionSet.selections);
    if (part.kind === Kind.FRAGMENT_SPREAD) {
      const { name } = part;
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value,
      );
      if (fragment?.kind === Kind.FRAGMENT_DEFINITION) {
        const { typeCondition, selectionSet } = fragment;
        yield replace(document, part, [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet }]);
      }
    }
    if (part.kind === Kind.FIELD) {
      if (part.alias) yield replace(document, part, [{ ...part, alias: undefined }]);
      if (part.arguments?.length) yield replace(document, part, [{ ...part, arguments: [] }]);
    }
    if (part.directives?.length) yield replace(document, part, [{ ...part, directives: [] }]);
  }
}

/** An object of which nothing is selected any more goes too. Null where nothing is left of an operation or fragment. */
function replace(document: DocumentNode, part: SelectionNode, by: readonly SelectionNode[]): DocumentNode | null {
  const replaced: DocumentNode = visit(document, {
    SelectionSet: (set) =>
      set.selections.includes(part)
        ? { ...set, selections: set.selections.flatMap((one) => (one === part ? by : [one])) }
        : undefined,
  });
  const isEmpty = (node: { selectionSet?: { selections: readonly unknown[] } }) =>
    node.selectionSet?.selections.length === 0;
  const emptied: DocumentNode = visit(replaced, {
    Field: { leave: (node) => (isEmpty(node) ? null : undefined) },
    InlineFragment: { leave: (node) => (isEmpty(node) ? null : undefined) },
  });
  const isWhole = emptied.definitions.every((one) => !('selectionSet' in one && isEmpty(one)));
  return isWhole ? parse(print(withoutUnused(emptied)), { noLocation: true }) : null;
}

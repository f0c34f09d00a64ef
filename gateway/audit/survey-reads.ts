import { type FieldNode, type GraphQLCompositeType, Kind, OperationTypeNode, type SelectionSetNode } from 'graphql';
import { areIncluded, conditionsOf } from '../rights/conditions.ts';
import type { Decision } from '../rights/decision.ts';
import { compositeTypeOf, fieldOf, fragmentBody, isMeta } from '../rights/guarded-operation.ts';
import { readVariables } from '../rights/sent-variables.ts';
import { type IdArgument, idArgumentsOf, sentReferences } from './id-arguments.ts';
import type { SensitiveFields } from './sensitive-fields.ts';

/** What one request asks of personal and financial data. No value stands in it, nor anything that a value decided but @skip. */
export interface Reads {
  /** Coordinates (`Customer.email`) that the caller may see. */
  allowed: readonly string[];
  /** Coordinates that were asked for and withheld, also those below a denied field. */
  denied: readonly string[];
  /** References that the request itself names: whom it was about, also where nothing of them was read. */
  asked: readonly string[];
}

/** What one request of a decision asks for, by the variables it sent. */
export type SurveyReads = (decision: Decision, sent: Readonly<Record<string, unknown>>) => Reads;

interface Survey {
  allowed: string[];
  denied: string[];
  idArguments: IdArgument[];
  /** No variable decides about it. */
  isStatic: boolean;
}

/** Surveys the original operation, so that aliases and fragments hide nothing; linear in the document, and once a decision. */
export function createReadSurvey(sensitive: SensitiveFields): SurveyReads {
  const known = new WeakMap<Decision, Survey>();
  return (decision, sent) => {
    const found = known.get(decision) ?? survey(decision, sent, sensitive);
    if (found.isStatic) known.set(decision, found);
    const { allowed, denied, idArguments } = found;
    return { allowed, denied, asked: sentReferences(idArguments, decision.guarded.operation, sent) };
  };
}

interface Place {
  isDenied: boolean;
  /** Inside of a sensitive field. */
  isWithin: boolean;
}

function survey(
  { guarded, removed }: Decision,
  sent: Readonly<Record<string, unknown>>,
  sensitive: SensitiveFields,
): Survey {
  const { operation, rootType } = guarded;
  const variables = readVariables(operation, sent);
  const [allowed, denied] = [new Set<string>(), new Set<string>()];
  const idArguments: IdArgument[] = [];
  const isWrite = operation.operation === OperationTypeNode.MUTATION;
  const isRepeated = createRepetitions();
  let isStatic = true;

  function readSet(set: SelectionSetNode, parent: GraphQLCompositeType, place: Place): void {
    if (isRepeated(set, place)) return;
    for (const selection of set.selections) {
      const conditions = conditionsOf(selection.directives);
      if (conditions?.length) isStatic = false;
      if (!areIncluded(conditions, variables)) continue;
      const at = { ...place, isDenied: place.isDenied || removed.has(selection) };
      if (selection.kind === Kind.FIELD) readField(selection, parent, at);
      else {
        const { selectionSet, type } = fragmentBody(guarded, selection, parent);
        readSet(selectionSet, type, at);
      }
    }
  }

  function readField(node: FieldNode, parent: GraphQLCompositeType, { isDenied, isWithin }: Place): void {
    if (isMeta(node)) return;
    const name = node.name.value;
    const isSensitive =
      sensitive.has(parent.name, name) ||
      (isWithin && sensitive.isPart(parent.name)) ||
      (isWrite && parent === rootType);
    if (isSensitive) (isDenied ? denied : allowed).add(`${parent.name}.${name}`);
    idArguments.push(...idArgumentsOf(node, parent));
    if (!node.selectionSet) return;
    readSet(node.selectionSet, compositeTypeOf(fieldOf(parent, name)), { isDenied, isWithin: isSensitive });
  }

  readSet(operation.selectionSet, rootType, { isDenied: false, isWithin: false });
  return { allowed: [...allowed].sort(), denied: [...denied].sort(), idArguments, isStatic };
}

/** A selection set stands on one type only, so each is read at most once for each of the four kinds of places. */
function createRepetitions() {
  const seen = new Map<SelectionSetNode, Set<number>>();
  return (set: SelectionSetNode, { isDenied, isWithin }: Place): boolean => {
    const places = seen.get(set) ?? new Set<number>();
    seen.set(set, places);
    const { size } = places;
    places.add(Number(isDenied) * 2 + Number(isWithin));
    return places.size === size;
  };
}

import { type DocumentNode, visit } from 'graphql';
import type { Choices } from '../fuzz/choices.ts';
import { type CallFault, type EntityFault, type Faults, NO_FAULTS, type ValueFault } from './faults.ts';
import type { GraphFacts } from './graph-facts.ts';

/** What may go wrong while an operation is answered; often nothing. */
export function randomFaults(
  { facts, subgraphs }: { facts: GraphFacts; subgraphs: readonly string[] },
  document: DocumentNode,
  choices: Choices,
): Faults {
  const kind = choices.below(10);
  if (kind < 3) return NO_FAULTS;
  const asked = [...facts.fieldTypes.keys()].filter(isAskedFor(document));
  if (kind < 7) {
    const open = asked.filter((coordinate) => !facts.neededFields.has(coordinate));
    return { ...NO_FAULTS, values: valueFaults(open, facts, choices) };
  }
  const all = [...asked, ...facts.neededFields];
  return {
    values: choices.chance(30) ? valueFaults(all, facts, choices) : [],
    calls: kind === 8 ? [callFault(subgraphs, choices)] : [],
    entities: kind === 9 ? [entityFault(subgraphs, choices)] : [],
  };
}

/** The faults of values alone that no plan needs: what the answer must be is known to the last path. */
export function isExact({ values, calls, entities }: Faults): boolean {
  return calls.length === 0 && entities.length === 0 && !values.some(({ isNeeded }) => isNeeded);
}

function isAskedFor(document: DocumentNode) {
  const names = new Set<string>();
  visit(document, { Field: ({ name }) => void names.add(name.value) });
  return (coordinate: string) => names.has(coordinate.split('.')[1]!);
}

function valueFaults(coordinates: readonly string[], { neededFields }: GraphFacts, choices: Choices): ValueFault[] {
  if (coordinates.length === 0) return [];
  return Array.from({ length: 1 + choices.below(3) }, () => {
    const coordinate = choices.pick(coordinates);
    const kind = choices.chance(75) ? 'field' : 'item';
    return { kind, coordinate, isNeeded: neededFields.has(coordinate), every: choices.pick([1, 2, 3]) };
  });
}

function callFault(subgraphs: readonly string[], choices: Choices): CallFault {
  return {
    kind: choices.chance(50) ? 'down' : 'no-data',
    subgraph: choices.pick(subgraphs),
    to: choices.pick(['all', 'entities', 'roots']),
  };
}

function entityFault(subgraphs: readonly string[], choices: Choices): EntityFault {
  return {
    kind: choices.chance(50) ? 'absent' : 'lost',
    subgraph: choices.pick(subgraphs),
    every: choices.pick([1, 2, 3]),
  };
}

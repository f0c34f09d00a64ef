import type { Faults } from './faults.ts';
import type { GraphFacts } from './graph-facts.ts';
import { mix } from './random.ts';
import { createUniverse, type MockObject, type Universe, type World } from './universe.ts';

/** One execution of an operation: its data, its faults, and what subgraphs were asked. */
export interface Run {
  world: World;
  faults: Faults;
  universe: Universe;
  /** Each call as `subgraph query`. */
  calls: string[];
  /** Each mutation as `field arguments`. */
  mutations: string[];
  /** What subgraphs were asked that is not valid by their schemas. */
  problems: string[];
  resolveEntity(subgraph: string, representation: Record<string, unknown>): MockObject | null | Promise<never>;
}

export function createRun(facts: GraphFacts, world: World, faults: Faults): Run {
  const universe = createUniverse(facts, world, faults);
  return {
    world,
    faults,
    universe,
    calls: [],
    mutations: [],
    problems: [],
    resolveEntity(subgraph, representation) {
      const object = universe.entity(representation);
      const fault = faults.entities.find(
        (one) => one.subgraph === subgraph && mix(object.hash, 'entity') % one.every === 0,
      );
      // Not thrown at once: that would lose all entities of the call, and which stand in one call differs.
      if (fault?.kind === 'lost') return Promise.reject(new Error(`${subgraph} lost ${object.__typename}`));
      return fault ? null : object;
    },
  };
}

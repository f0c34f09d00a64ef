import { test } from '@jest/globals';
import { checkGraph, RUNS } from './check-graph.ts';
import { company } from './graphs/company.ts';
import { ledger } from './graphs/ledger.ts';
import { readOurGraph } from './graphs/our-graph.ts';
import { writes } from './graphs/writes.ts';

const graphs = [await readOurGraph(), company, ledger, writes];

test.each(graphs)(
  'answers as a monolith over the same data does: $name',
  (graph) => checkGraph(graph, RUNS / 7),
  Math.max(120_000, RUNS * 60),
);

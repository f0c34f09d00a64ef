import { test } from '@jest/globals';
import { checkGraph, RUNS } from './check-graph.ts';
import { freight } from './graphs/freight.ts';
import { library } from './graphs/library.ts';
import { media } from './graphs/media.ts';

test.each([library, media, freight])(
  'answers as a monolith over the same data does: $name',
  (graph) => checkGraph(graph, RUNS / 7),
  Math.max(120_000, RUNS * 60),
);

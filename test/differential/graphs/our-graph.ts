import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TestGraph } from './graph.ts';

const NAMES = ['identity', 'crm', 'shop', 'accounting'];
const FOLDER = resolve(import.meta.dirname, '../../../schema');

/** The product's own graph. */
export async function readOurGraph(): Promise<TestGraph> {
  const texts = await Promise.all(NAMES.map((name) => readFile(resolve(FOLDER, `${name}.graphql`), 'utf8')));
  const subgraphs = Object.fromEntries(NAMES.map((name, index) => [name, texts[index]!]));
  return { name: 'our graph', subgraphs };
}

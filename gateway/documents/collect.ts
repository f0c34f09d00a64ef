import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { z } from 'zod';
import { hashOf } from './sent-document.ts';

/** One document of a frontend. */
export interface CollectedDocument {
  /** Of its operation, or of the operations. */
  name: string;
  hash: string;
  query: string;
}

/** Something in the folder that cannot be registered; the message is for whoever builds the frontend. */
export class CollectError extends Error {
  override name = 'CollectError';
}

/** What GraphQL Code Generator writes (`persistedDocuments`): texts by hash. */
const mapSchema = z.record(z.string(), z.string());
/** What Apollo's `generate-persisted-query-manifest` writes. */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/**
 * The documents of a folder and those below it: every text of a manifest (`.json`), and every operation of `.graphql`
 * and `.gql` files with the fragments it needs from any of them. Other JSON files are passed over.
 */
export async function collectDocuments(folder: string): Promise<CollectedDocument[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.split(/[\\/]/).includes('node_modules'));
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  const read = (path: string) => readFile(path, 'utf8');
  const manifests = await Promise.all(
    paths.filter((path) => path.endsWith('.json')).map(async (path) => readManifest(path, await read(path))),
  );
  const sources = await Promise.all(
    paths.filter((path) => /\.(graphql|gql)$/.test(path)).map(async (path) => parseText(path, await read(path))),
  );
  const all = [...manifests.flat(), ...documentsOf(sources.flatMap(({ definitions }) => definitions))];
  return [...new Map(all.map((document) => [document.hash, document])).values()];
}

function readManifest(path: string, text: string): CollectedDocument[] {
  const content = readJson(text);
  const manifest = manifestSchema.safeParse(content);
  const texts = manifest.success
    ? manifest.data.operations.map(({ id, body }) => [id, body] as const)
    : Object.entries(mapSchema.safeParse(content).data ?? {}).filter(([id]) => /^(sha256:)?[0-9a-f]{40,64}$/.test(id));
  return texts.map(([id, query]) => {
    const hash = hashOf(query);
    if (id.replace(/^sha256:/, '') !== hash) {
      throw new CollectError(`${path}: "${id}" is not the SHA-256 of its text (codegen: hashAlgorithm: 'sha256')`);
    }
    return { name: nameOf(parseText(path, query)), hash, query };
  });
}

function documentsOf(definitions: readonly DefinitionNode[]): CollectedDocument[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const name = definition.name.value;
    if (fragments.has(name)) throw new CollectError(`There are two fragments "${name}"`);
    fragments.set(name, definition);
  }
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.map((operation) => {
    const document = withFragments(operation, fragments);
    const query = print(document);
    return { name: nameOf(document), hash: hashOf(query), query };
  });
}

function withFragments(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const needed = new Map<string, FragmentDefinitionNode>();
  const look = (node: DefinitionNode) =>
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment === undefined) throw new CollectError(`There is no fragment "${name.value}"`);
        if (needed.has(name.value)) return;
        needed.set(name.value, fragment);
        look(fragment);
      },
    });
  look(operation);
  return { kind: Kind.DOCUMENT, definitions: [operation, ...needed.values()] };
}

function nameOf({ definitions }: DocumentNode): string {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0 || operations.some(({ name }) => name === undefined)) {
    throw new CollectError('Every operation needs a name');
  }
  return operations.map(({ name }) => name!.value).join(' ');
}

function parseText(path: string, text: string): DocumentNode {
  try {
    return parse(text, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) throw new CollectError(`${path}: ${error.message}`);
    throw error;
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

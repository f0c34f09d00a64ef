import { composeServices } from '@apollo/composition';
import { type DocumentNode, parse } from 'graphql';
import type { TestGraph } from './graphs/graph.ts';

export interface ComposedGraph {
  supergraphSdl: string;
  documents: ReadonlyMap<string, DocumentNode>;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key" "@requires" "@provides" "@external" "@shareable" "@override" "@inaccessible" "@interfaceObject"
])`;

export function composeGraph({ subgraphs }: TestGraph): ComposedGraph {
  const documents = new Map(Object.entries(subgraphs).map(([name, sdl]) => [name, toDocument(sdl)]));
  const services = [...documents].map(([name, typeDefs]) => ({ name, url: `http://${name}.example`, typeDefs }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return { supergraphSdl, documents };
}

function toDocument(sdl: string): DocumentNode {
  return parse(sdl.includes('@link(') ? sdl : `${LINK}\n${sdl}`, { noLocation: true });
}

import type { FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode, ResponsePath } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { type RepresentationParts, representationParts } from './representation-parts.ts';
import { type Rewrite, toRewrites } from './rewrites.ts';
import { type Shape, shapeOf } from './shape.ts';
import { typesWithin } from './types-within.ts';

/** What the gateway knows of one fetch of a plan beside the plan itself, to tell what is missing when it fails. */
export interface FetchSpec {
  /** Where in the answer it puts its data; `@` stands for each element of a list. */
  path: ResponsePath;
  /** The text it sends. */
  operation: string;
  /** What it needs to know of an entity; null when it asks for root fields. */
  requires: readonly EntityRequirement[] | null;
  /** What representations are made of; empty when it asks for root fields. */
  representation: RepresentationParts;
  /** Of representations, before they are sent. */
  inputRewrites: readonly Rewrite[];
  /** Of the data that comes. */
  outputRewrites: readonly Rewrite[];
  /** Of the root object or, for entities, of each entity. */
  shape: Shape;
  /** Names of interfaces that are objects in its subgraph, which can't tell what else these are. */
  interfaceObjects: ReadonlySet<string>;
  /** Response keys of its own to the answer's. */
  renames: ReadonlyMap<string, string>;
}

export interface EntityRequirement {
  /** The object types it is for. */
  types: ReadonlySet<string>;
  keys: RequiredKeys;
}

/** Response key to the keys needed inside; null for a value. */
export type RequiredKeys = ReadonlyMap<string, RequiredKeys | null>;

/** In an order in which every fetch stands behind those it needs. */
export type FetchSpecs = readonly FetchSpec[];

export interface SpecContext {
  /** The supergraph, with what clients do not see. */
  schema: GraphQLSchema;
  schemaOf(subgraph: string): GraphQLSchema;
  interfaceObjectsOf(subgraph: string): ReadonlySet<string>;
}

/** Whether a fetch brings values alone, and no objects with selections of their own. */
export function isFlat({ shape }: FetchSpec): boolean {
  return [...shape.values()].every(({ fields }) => fields === null);
}

/** Reads the fetches off a plan. */
export function describeFetches({ node }: QueryPlan, context: SpecContext): FetchSpecs {
  return node === undefined || node.kind === 'Subscription' ? [] : collect(node, [], context);
}

function collect(node: PlanNode, path: ResponsePath, context: SpecContext): FetchSpec[] {
  switch (node.kind) {
    case 'Fetch':
      return [toSpec(node, path, context)];
    case 'Flatten':
      return collect(node.node, [...path, ...node.path], context);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap((child) => collect(child, path, context));
    case 'Condition':
    case 'Defer':
      return [];
  }
}

function toSpec(fetch: FetchNode, path: ResponsePath, context: SpecContext): FetchSpec {
  const { schema, schemaOf } = context;
  const document = parse(fetch.operation, { noLocation: true });
  const subgraphSchema = schemaOf(fetch.serviceName);
  const { operation, selectionSet } = operationOf(document);
  const fragments = fragmentsOf(document);
  const shape = shapeOf(selectionSet, subgraphSchema.getRootType(operation)!, { schema: subgraphSchema, fragments });
  return {
    path,
    operation: fetch.operation,
    requires: fetch.requires?.flatMap((selection) => toRequirement(selection, schema)) ?? null,
    representation: representationParts(fetch.requires ?? [], schema),
    inputRewrites: toRewrites(fetch.inputRewrites ?? [], schema),
    outputRewrites: toRewrites(fetch.outputRewrites ?? [], schema),
    shape: (fetch.requires ? shape.get('_entities')?.fields : shape) ?? new Map(),
    interfaceObjects: context.interfaceObjectsOf(fetch.serviceName),
    renames: new Map((fetch.outputRewrites ?? []).flatMap(toRename)),
  };
}

function toRequirement(selection: QueryPlanSelectionNode, schema: GraphQLSchema): EntityRequirement[] {
  // The planner asks for entities by type only.
  if (selection.kind !== 'InlineFragment' || selection.typeCondition === undefined) return [];
  return [{ types: typesWithin(schema, selection.typeCondition), keys: toKeys(selection.selections) }];
}

/** Fragments inside count as if their type fitted: asking once too little is better than asking with a wrong value. */
function toKeys(selections: readonly QueryPlanSelectionNode[]): RequiredKeys {
  const keys = new Map<string, RequiredKeys | null>();
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      for (const [key, inner] of toKeys(selection.selections)) keys.set(key, inner);
    } else {
      keys.set(selection.alias ?? selection.name, selection.selections ? toKeys(selection.selections) : null);
    }
  }
  return keys;
}

function toRename(rewrite: NonNullable<FetchNode['outputRewrites']>[number]): [string, string][] {
  return rewrite.kind === 'KeyRenamer' ? [[rewrite.path.at(-1)!, rewrite.renameKeyTo]] : [];
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  return document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

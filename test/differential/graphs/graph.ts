/** A federated graph: the SDL of each subgraph, by its name. */
export interface TestGraph {
  name: string;
  /** How many fields an operation may have, default 30. */
  maxFields?: number;
  /** How deep they may stand, default 6. */
  maxDepth?: number;
  subgraphs: Readonly<Record<string, string>>;
}

import { composeServices } from '@apollo/composition';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { createCostModel } from '../../gateway/cost/cost-model.ts';
import { costOfOperation, type OperationCost } from '../../gateway/cost/operation-cost.ts';

const IMPORTS = '"@cost", "@listSize"';

/** Composes subgraphs as the product does. */
export function composeWithCosts(subgraphs: readonly string[], imports = IMPORTS): string {
  const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", ${imports}])`;
  const services = subgraphs.map((sdl, position) => ({
    name: `s${position}`,
    url: `http://s${position}`,
    typeDefs: parse(`${header}\n${sdl}`),
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
}

/** What operations on one supergraph cost. */
export function pricesOf(supergraphSdl: string) {
  const model = createCostModel(supergraphSdl);
  const costOf = (query: string): OperationCost => {
    const document = parse(query, { noLocation: true });
    const operation = document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    // Cast: the line above found that kind.
    return costOfOperation(document, operation as OperationDefinitionNode, model);
  };
  return {
    costOf,
    points: (query: string, variables: Record<string, unknown> = {}) => costOf(query).points(variables),
    listSize: (query: string, variables: Record<string, unknown> = {}) => costOf(query).listSize(variables),
  };
}

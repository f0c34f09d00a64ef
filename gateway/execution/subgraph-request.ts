import type { GraphQLRequestBody } from '../../common/transport.ts';
import { getOwn } from './own-keys.ts';

type Data = Record<string, unknown>;

/** What is sent to a subgraph: as JSON text where it travels, as an object where it does not leave the process. */
export interface SubgraphRequest {
  isMutation: boolean;
  text(): string;
  body(): GraphQLRequestBody;
}

/** Entities that a request asks for. */
export interface AskedEntities {
  texts: readonly string[];
  objects(): Data[];
}

/** Makes the requests of one fetch of a plan. */
export type RequestOf = (variables: Data, entities: AskedEntities | null) => SubgraphRequest;

export interface RequestTemplate {
  query: string;
  operationName: string | undefined;
  /** The client's variables that it uses. */
  variableNames: readonly string[];
  isMutation: boolean;
}

export function createRequestOf({ query, operationName, variableNames, isMutation }: RequestTemplate): RequestOf {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`;
  const head = `{"query":${JSON.stringify(query)}${name},"variables":{`;
  const labels = new Map(variableNames.map((variable) => [variable, `${JSON.stringify(variable)}:`]));
  return (variables, entities) => ({
    isMutation,
    text: () => {
      const texts: string[] = [];
      for (const [variable, label] of labels) {
        const value = getOwn(variables, variable);
        if (value !== undefined) texts.push(label + JSON.stringify(value));
      }
      if (entities !== null) texts.push(`"representations":[${entities.texts.join()}]`);
      return `${head}${texts.join()}}}`;
    },
    body: () => {
      const sent: Data = {};
      for (const variable of variableNames) {
        const value = getOwn(variables, variable);
        if (value !== undefined) sent[variable] = value;
      }
      if (entities !== null) sent.representations = entities.objects();
      return { query, ...(operationName === undefined ? {} : { operationName }), variables: sent };
    },
  });
}

import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import type { GraphQLRequestBody, SubgraphTransport } from '../../common/transport.ts';
import { OPEN } from '../../gateway/authorization.ts';
import { createGateway } from '../../gateway/gateway.ts';

const supergraphPath = new URL('../../schema/supergraph.graphql', import.meta.url);

test("serves the product's supergraph over transports in this process", async () => {
  const asked: { name: string; body: GraphQLRequestBody }[] = [];
  const transportOf = ({ name }: { name: string }): SubgraphTransport => ({
    execute: async (body) => {
      asked.push({ name, body });
      return { data: { customer: { __typename: 'Customer', id: 'hubspot:contact:501' } } };
    },
    close: async () => {},
  });
  const log = createLogger({ level: 'silent', name: 'test' });
  const supergraphSdl = await readFile(supergraphPath, 'utf8');
  await using gateway = await createGateway({ authorization: OPEN, supergraphSdl, transportOf, log });
  const { url } = await gateway.listen({ port: 0 });
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query: 'query($id: ID!) { customer(id: $id) { id } }',
      variables: { id: 'hubspot:contact:501' },
    }),
  });
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 200,
    body: { data: { customer: { id: 'hubspot:contact:501' } } },
  });
  expect(asked).toMatchObject([{ name: 'identity', body: { variables: { id: 'hubspot:contact:501' } } }]);
});

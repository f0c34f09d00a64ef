import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { runDocumentsCommand } from '../../gateway/documents/command.ts';
import { createDocumentFile } from '../../gateway/documents/document-file.ts';
import { hashOf } from '../../gateway/documents/sent-document.ts';
import { createTrustedDocuments } from '../../gateway/documents/trusted-documents.ts';
import { apiSchemaOf } from '../../gateway/supergraph/api-schema.ts';
import { post } from '../contract/gateway-fixture.ts';
import { tempFolder } from '../unit/clients-fixture.ts';
import { authorizationBy, startShop } from './limits-graph.ts';
import { startIssuer } from './tokens-fixture.ts';

const REGISTERED = 'query Count {\n  count\n}';
const HASH = hashOf(REGISTERED);

/** The gateway with one registered document; tokens of its issuer may send only that. */
async function start({ restricted = true, fallback = 'any' as 'any' | 'trusted' } = {}) {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await tempFolder());
  const issuer = stack.use(await startIssuer());
  const path = join(folder.path, 'documents.json');
  const log = createLogger({ level: 'fatal', name: 'test' });
  const documents = createTrustedDocuments({ find: createDocumentFile({ path, log, checkEveryMs: 0 }), fallback });
  const authorization = authorizationBy(issuer, restricted ? { documents: 'trusted' } : {});
  const shop = stack.use(await startShop({ ...authorization, documents }));
  const publish = async (name: string, text: string) => {
    await writeFile(join(folder.path, `${name}.graphql`), text);
    return runDocumentsCommand(['publish', folder.path], {
      documentsFile: path,
      readSchema: async () => apiSchemaOf(shop.supergraphSdl),
    });
  };
  await publish('count', REGISTERED);
  const authorized = { authorization: `Bearer ${await issuer.sign()}` };
  const running = stack.move();
  const send = async (body: object, headers: Record<string, string> = authorized) => {
    const response = await post(shop.endpoint, body, headers);
    return { status: response.status, ...((await response.json()) as object) };
  };
  const get = async (params: Record<string, string>, headers: Record<string, string> = authorized) => {
    const url = `${shop.endpoint}?${new URLSearchParams(params)}`;
    const response = await fetch(url, { headers: { accept: 'application/json', ...headers } });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return { shop, publish, send, get, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

const ANSWER = { status: 200, data: { count: 7 } };
const refusal = (code: string) => ({ errors: [{ extensions: { code } }] });
const byHash = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

test('a registered document runs by its id, over POST and over GET, however a client names it', async () => {
  await using gateway = await start();
  const extensions = byHash(HASH);
  expect(await gateway.send({ documentId: `sha256:${HASH}` })).toEqual(ANSWER);
  expect(await gateway.send({ documentId: HASH.toUpperCase() })).toEqual(ANSWER);
  expect(await gateway.send({ extensions })).toEqual(ANSWER);
  expect(await gateway.get({ documentId: `sha256:${HASH}` })).toEqual(ANSWER);
  expect(await gateway.get({ extensions: JSON.stringify(extensions) })).toEqual(ANSWER);
});

test('variables and the operation name go with an id', async () => {
  await using gateway = await start();
  const { answer = '' } = await gateway.publish(
    'two',
    'query One($id: ID!) { order(id: $id) { id } } query Two { count }',
  );
  const ids = JSON.parse(answer) as Record<string, string>;
  expect(await gateway.send({ documentId: ids.One, operationName: 'One', variables: { id: '5' } })).toEqual({
    status: 200,
    data: { order: { id: '5' } },
  });
});

test('an unknown id is told as Apollo clients expect it, and sending the text with it registers nothing', async () => {
  await using gateway = await start({ restricted: false });
  const query = '{ count }';
  const extensions = byHash(hashOf(query));
  const unknown = {
    errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  };
  expect(await gateway.send({ extensions })).toMatchObject(unknown);
  expect(await gateway.send({ query, extensions })).toEqual(ANSWER);
  expect(await gateway.send({ extensions })).toMatchObject(unknown);
  expect(gateway.shop.asked()).toBe(1);
});

test('a restricted client may send nothing else, over POST and over GET', async () => {
  await using gateway = await start();
  const query = '{ count }';
  expect(await gateway.send({ query })).toMatchObject(refusal('DOCUMENT_NOT_TRUSTED'));
  expect(await gateway.send({ query, extensions: byHash(hashOf(query)) })).toMatchObject(
    refusal('DOCUMENT_NOT_TRUSTED'),
  );
  expect(await gateway.get({ query })).toMatchObject(refusal('DOCUMENT_NOT_TRUSTED'));
  expect(await gateway.send({ query: '{ __schema { queryType { name } } }' })).toMatchObject(
    refusal('DOCUMENT_NOT_TRUSTED'),
  );
  expect(gateway.shop.asked()).toBe(0);
  expect(await gateway.send({ query: REGISTERED })).toEqual(ANSWER);
});

test('an id does not cover another text', async () => {
  await using gateway = await start();
  const other = '{ order(id: 1) { id } }';
  expect(await gateway.send({ query: other, documentId: `sha256:${HASH}` })).toMatchObject(refusal('BAD_REQUEST'));
  expect(await gateway.send({ query: other, extensions: byHash(HASH) })).toMatchObject(refusal('BAD_REQUEST'));
  expect(gateway.shop.asked()).toBe(0);
});

test('who is not restricted sends what they like, unless the gateway says otherwise for all', async () => {
  await using open = await start();
  expect(await open.send({ query: '{ count }' }, {})).toEqual(ANSWER);
  await using closed = await start({ restricted: false, fallback: 'trusted' });
  expect(await closed.send({ query: '{ count }' }, {})).toMatchObject(refusal('DOCUMENT_NOT_TRUSTED'));
  expect(await closed.send({ documentId: `sha256:${HASH}` }, {})).toEqual(ANSWER);
});

test('a registered document keeps to the limits, and a mutation among them to POST', async () => {
  await using gateway = await start();
  const { answer = '' } = await gateway.publish(
    'more',
    'mutation Cancel { cancel(id: 1) { id } } query Page($n: Int) { orders(first: $n) { nodes { id } } }',
  );
  const ids = JSON.parse(answer) as Record<string, string>;
  expect((await gateway.get({ documentId: ids.Cancel! })).status).toBe(405);
  expect(await gateway.send({ documentId: ids.Page, variables: { n: 1_000_000 } })).toMatchObject(
    refusal('OPERATION_TOO_LARGE'),
  );
  expect(gateway.shop.asked()).toBe(0);
});

test('what is published counts without a restart', async () => {
  await using gateway = await start();
  const fresh = 'query Fresh {\n  count\n}';
  const documentId = `sha256:${hashOf(fresh)}`;
  expect(await gateway.send({ documentId })).toMatchObject(refusal('PERSISTED_QUERY_NOT_FOUND'));
  await gateway.publish('fresh', fresh);
  expect(await gateway.send({ documentId })).toEqual(ANSWER);
});

test.each([
  ['no hash', { documentId: 'count' }],
  ['another hash', { documentId: `md5:${HASH}` }],
  ['a name of every object', { documentId: '__proto__' }],
  ['neither a text nor an id', { variables: {} }],
  ['a text that is none', { query: 7 }],
])('%s is no request', async (_what, body) => {
  await using gateway = await start();
  expect(await gateway.send(body)).toMatchObject({ status: 400, ...refusal('BAD_REQUEST') });
});

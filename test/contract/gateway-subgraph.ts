import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, graphql, parse } from 'graphql';

type ResolverMap = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers'];

export interface SubgraphParts {
  name: string;
  typeDefs: string;
  resolvers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One request as it reached the subgraph. */
export interface Received {
  query: string;
  variables: Record<string, unknown>;
  headers: IncomingHttpHeaders;
  /** Resolves when the connection closed before an answer was sent. */
  aborted: Promise<void>;
}

/** What a subgraph does with a request instead of answering it rightly. */
export type Misbehaviour =
  | { kind: 'hang' }
  | { kind: 'reset' }
  | {
      kind: 'wait';
      until: Promise<void>;
      headers?: Record<string, string>;
      change?: (answer: ExecutionResult) => unknown;
    }
  | { kind: 'http'; status: number; headers?: Record<string, string>; body: string }
  | { kind: 'change'; change: (answer: ExecutionResult) => unknown; headers?: Record<string, string> };

/** A subgraph made with @apollo/subgraph behind a real HTTP server, which records what reaches it. */
export async function startTestSubgraph({ name, typeDefs, resolvers }: SubgraphParts) {
  const document = parse(`${LINK}\n${typeDefs}`);
  // Cast: tests write only the resolvers they need, with arguments of their own types.
  const schema = buildSubgraphSchema({ typeDefs: document, resolvers: resolvers as ResolverMap });
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let misbehave: (request: Received) => Misbehaviour | null = () => null;
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request)) as {
      query: string;
      operationName?: string;
      variables?: Record<string, unknown>;
    };
    const one: Received = {
      query: body.query,
      variables: body.variables ?? {},
      headers: request.headers,
      aborted: new Promise((resolve) => {
        response.once('close', () => response.writableEnded || resolve());
      }),
    };
    received.push(one);
    for (const check of waiting) check();
    const misbehaviour = misbehave(one);
    const change = misbehaviour !== null && 'change' in misbehaviour ? misbehaviour.change : undefined;
    if (misbehaviour?.kind === 'wait') await misbehaviour.until;
    else if (misbehaviour !== null && misbehaviour.kind !== 'change') {
      answerWrongly(response, misbehaviour);
      return;
    }
    const answer = await graphql({
      schema,
      source: body.query,
      variableValues: body.variables,
      operationName: body.operationName,
    });
    const sent = change ? change(JSON.parse(JSON.stringify(answer))) : answer;
    const more = misbehaviour?.headers;
    response.writeHead(200, { 'content-type': 'application/json', ...more }).end(JSON.stringify(sent));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    name,
    url: `http://127.0.0.1:${port}/graphql`,
    document,
    received,
    whenReceived: (count: number) =>
      new Promise<void>((resolve) => {
        const check = () => received.length >= count && resolve();
        waiting.add(check);
        check();
      }),
    /** From now on; null for a request answers it rightly. */
    misbehave: (react: (request: Received) => Misbehaviour | null) => {
      misbehave = react;
    },
    /** As new: it has received nothing and answers rightly. */
    reset: () => {
      misbehave = () => null;
      received.length = 0;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type TestSubgraph = Awaited<ReturnType<typeof startTestSubgraph>>;

/** Some names are not the specification's own, so that nothing may rely on those. */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: [
  "@key" "@requires" "@external" "@shareable" "@inaccessible" "@tag" "@interfaceObject" "@composeDirective"
  "@policy" "@cost" "@listSize" "@context" "@fromContext" "ContextFieldValue"
  { name: "@authenticated", as: "@auth" } { name: "@requiresScopes", as: "@scopes" } { name: "@cacheTag", as: "@tagged" }
])`;

function answerWrongly(
  response: ServerResponse,
  misbehaviour: Exclude<Misbehaviour, { kind: 'change' | 'wait' }>,
): void {
  if (misbehaviour.kind === 'reset') response.destroy();
  if (misbehaviour.kind === 'http') {
    const headers = { 'content-type': 'application/json', ...misbehaviour.headers };
    response.writeHead(misbehaviour.status, headers).end(misbehaviour.body);
  }
}

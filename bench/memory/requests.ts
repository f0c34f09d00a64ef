import { TOKEN_PATH } from '../../gateway/issuer/provider.ts';
import type { Audience, Callers } from './callers.ts';
import { TROUBLES } from './graph.ts';
import { editionField } from './schema.ts';

/** One request of the load, and what has to come of it: a load that is refused altogether would measure nothing. */
export interface LoadRequest {
  path: string;
  /** Null for GET. */
  body: string | null;
  headers: Record<string, string>;
  expected: RegExp;
  status: number;
  /** The client goes away so soon. */
  abortMs?: number;
  /** On a connection of its own. */
  isAlone?: boolean;
}

interface Turn {
  /** Counts the requests of the whole run. */
  number: number;
  /** Null while one replaces another. */
  edition: number | null;
  callers: Callers;
}

type Kind = (turn: Turn) => LoadRequest;

/** In turns, so that every cycle asks the same amount of the same. */
export function requestAt(turn: Turn): LoadRequest {
  return KINDS[turn.number % KINDS.length]!(turn);
}

const GRAPHQL_PATH = '/graphql';
const DATA = /^\{"data":\{/;
const BUYERS = `buyers(first: $first) { id name purchases { id total paid article { sku title price inStock reviews { stars text } } } }`;
const LONG_TEXT_CHARS = 100_000;
const WORDS = 2000;
/** Above MAX_BODY_BYTES. */
const TOO_LARGE_CHARS = 220_000;

/** An operation whose text nobody sent before. */
function fresh({ number }: Turn): LoadRequest {
  const [name, alias] = [`Fresh${padded(number)}`, `a${padded(number)}`];
  const fields = ['title', 'price', 'inStock', 'reviews { stars }'].filter((_, bit) => (number >> bit) & 1);
  return ask(
    `query ${name}($first: Int!) { ${alias}: articles(first: $first) { sku ${fields.join(' ')} } buyers { id } }`,
    { variables: { first: 3 } },
  );
}

/** One operation, with other variables each time. */
function known({ number }: Turn): LoadRequest {
  return ask(`query Known($first: Int!) { ${BUYERS} }`, { variables: { first: (number % 20) + 1 } });
}

function conditions({ number }: Turn): LoadRequest {
  const query = `query Conditions($first: Int!, $a: Boolean!, $b: Boolean!) {
    ${BUYERS} articles @include(if: $a) { sku inStock @skip(if: $b) } items @skip(if: $a) { __typename title } }`;
  return ask(query, { variables: { first: 2, a: flag(number, 5), b: flag(number, 6) } });
}

/** Its answer is as long as its variable, so that a few fill the entity cache. */
export function searchRequest({ number }: Turn): LoadRequest {
  const query = `query Search($text: String!) { search(text: $text) {
    ... on Article { sku title inStock } ... on Bundle { title articles { title inStock } } } }`;
  return ask(query, { variables: { text: `${padded(number)}${' words'.repeat(WORDS)}` } });
}

function mutation({ number, callers }: Turn): LoadRequest {
  return ask('mutation ($name: String!) { rename(id: 1, name: $name) { id name purchases { article { inStock } } } }', {
    variables: { name: `Name ${padded(number)}` },
    headers: callers.headersOf('shopper'),
  });
}

/** Proves that the newest supergraph is served. */
function edition(turn: Turn): LoadRequest {
  const { edition: current } = turn;
  if (current === null) return known(turn);
  return ask(`{ ${editionField(current)} }`, { expected: new RegExp(`:${current}\\}`) });
}

const INTROSPECTION = '{ __schema { types { name kind fields { name type { name ofType { name } } } } } }';

function introspection({ number, callers }: Turn): LoadRequest {
  return ask(INTROSPECTION, { headers: callers.headersOf(audienceAt(number)), expected: /"__schema"/ });
}

const PROTECTED = `query Protected { me { name email } articles(first: 2) { sku cost } }`;

function guarded({ number, callers }: Turn): LoadRequest {
  const audience = audienceAt(number);
  const expected = audience === 'office' ? DATA : /UNAUTHORIZED_FIELD_OR_TYPE/;
  return ask(PROTECTED, { headers: callers.headersOf(audience), expected });
}

/** A new text for a caller who may not see all of it. */
function freshGuarded({ number, callers }: Turn): LoadRequest {
  return ask(`query Guarded${padded(number)} { articles { sku cost inStock } }`, {
    headers: callers.headersOf('support'),
    expected: /UNAUTHORIZED_FIELD_OR_TYPE/,
  });
}

function anonymous(): LoadRequest {
  return ask(PROTECTED, { expected: /UNAUTHORIZED_FIELD_OR_TYPE/ });
}

/** With another token than the one before. */
export function tokenRequest({ callers }: Turn): LoadRequest {
  return ask(PROTECTED, { headers: callers.nextHeaders(), expected: /"me":\{"name"/ });
}

/** The embedded issuer gives one. */
function issuedToken({ number, callers }: Turn): LoadRequest {
  return {
    path: TOKEN_PATH,
    body: callers.tokenForm(audienceAt(number)),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 200,
    expected: /"access_token"/,
  };
}

function overGet({ number }: Turn): LoadRequest {
  const query = encodeURIComponent(`query Get${padded(number)} { items { title } }`);
  return { ...ask(''), path: `${GRAPHQL_PATH}?query=${query}`, body: null };
}

function page(): LoadRequest {
  // Unpacked it is ten megabytes.
  const headers = { accept: 'text/html', 'accept-encoding': 'gzip' };
  return { ...ask(''), body: null, headers, expected: /./ };
}

function stranger({ callers }: Turn): LoadRequest {
  return ask(PROTECTED, { headers: callers.strangerHeaders, status: 401, expected: /"errors"/ });
}

const TROUBLED = 'query Troubled($at: String) { articles(first: 4) { sku title inStock(at: $at) } }';

function troubled({ number }: Turn): LoadRequest {
  const trouble = TROUBLES[Math.floor(number / KINDS.length) % TROUBLES.length]!;
  return ask(TROUBLED, { variables: { at: `trouble-${trouble}` }, expected: /"code":"SUBGRAPH_/ });
}

/** While a subgraph hangs. */
function aborted(): LoadRequest {
  return { ...ask(TROUBLED, { variables: { at: 'trouble-hang' } }), abortMs: 30 };
}

function alone(turn: Turn): LoadRequest {
  return { ...known(turn), isAlone: true };
}

/** Fewer of them than a minute has fill the cache of documents. */
function longText({ number }: Turn): LoadRequest {
  return ask(`# ${padded(number)}${'.'.repeat(LONG_TEXT_CHARS)}\n{ articles { title } }`);
}

function noSyntax({ number }: Turn): LoadRequest {
  return ask(`{ a${padded(number)}(`, { status: 400, expected: /GRAPHQL_PARSE_FAILED/ });
}

function unknownField({ number }: Turn): LoadRequest {
  return ask(`{ nothing${padded(number)} }`, { status: 400, expected: /GRAPHQL_VALIDATION_FAILED/ });
}

function wrongVariables(): LoadRequest {
  const variables = { first: 'many' };
  return ask(`query Known($first: Int!) { ${BUYERS} }`, { variables, status: 400, expected: /BAD_USER_INPUT/ });
}

function tooDeep({ number }: Turn): LoadRequest {
  const levels = 40;
  const query = `{ d${padded(number)}: __schema { ${'types { fields { type { ofType { '.repeat(levels / 4)} name ${'} } } }'.repeat(levels / 4)} } }`;
  return ask(query, { status: 400, expected: /OPERATION_TOO_LARGE/ });
}

function tooLarge(): LoadRequest {
  return { ...ask(`# ${'.'.repeat(TOO_LARGE_CHARS)}\n{ items { sku } }`), status: 413, expected: /"errors"/ };
}

function noJson(): LoadRequest {
  return { ...ask('{ items { sku } }', { status: 400, expected: /"errors"/ }), body: '{"query":' };
}

const KINDS: readonly Kind[] = [
  fresh,
  known,
  conditions,
  fresh,
  searchRequest,
  mutation,
  edition,
  introspection,
  guarded,
  freshGuarded,
  anonymous,
  tokenRequest,
  issuedToken,
  overGet,
  page,
  stranger,
  troubled,
  fresh,
  aborted,
  alone,
  longText,
  noSyntax,
  unknownField,
  wrongVariables,
  tooDeep,
  noJson,
  tooLarge,
  fresh,
];

/** So many requests ask everything once. */
export const KIND_COUNT = KINDS.length;

interface Asked {
  variables?: Record<string, unknown>;
  headers?: Record<string, string>;
  status?: number;
  expected?: RegExp;
}

function ask(query: string, { variables, headers = {}, status = 200, expected = DATA }: Asked = {}): LoadRequest {
  return {
    path: GRAPHQL_PATH,
    body: JSON.stringify({ query, variables }),
    // Both types are answered with the status that fits.
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
    status,
    expected,
  };
}

function padded(number: number): string {
  return String(number).padStart(8, '0');
}

function flag(number: number, bit: number): boolean {
  return ((number >> bit) & 1) === 1;
}

function audienceAt(number: number): Audience {
  const audiences: readonly Audience[] = ['shopper', 'support', 'office'];
  return audiences[Math.floor(number / KINDS.length) % audiences.length]!;
}

import { z } from 'zod';
import { CodedError } from '../../common/errors.ts';
import { toSentDocument } from '../documents/sent-document.ts';
import type { GraphQLParams } from '../execution/answer.ts';

const map = z.record(z.string(), z.unknown(), 'expected an object').nullish();
const paramsSchema = z.object(
  {
    query: z.string('expected a string').nullish(),
    documentId: z.string('expected a string').nullish(),
    operationName: z.string('expected a string').nullish(),
    variables: map,
    extensions: map,
  },
  'expected an object',
);

/** From the parsed JSON body of a POST. */
export function paramsOfBody(body: unknown): GraphQLParams {
  if (Array.isArray(body))
    throw new CodedError('BAD_REQUEST', 'Batches are not served: send one operation per request');
  return toParams(body);
}

/** From the query part of a GET's URL. */
export function paramsOfUrl(url: string, parseJson: (text: string) => unknown): GraphQLParams {
  const search = new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length));
  return toParams({
    query: search.get('query') ?? undefined,
    documentId: search.get('documentId') || undefined,
    operationName: search.get('operationName') || null,
    variables: parseMap(search, 'variables', parseJson),
    extensions: parseMap(search, 'extensions', parseJson),
  });
}

function toParams(input: unknown): GraphQLParams {
  const parsed = paramsSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    throw new CodedError('BAD_REQUEST', `Not a GraphQL request: ${problems.join('; ')}`);
  }
  const { operationName, variables } = parsed.data;
  return { document: toSentDocument(parsed.data), operationName: operationName ?? null, variables: variables ?? {} };
}

function parseMap(search: URLSearchParams, name: string, parseJson: (text: string) => unknown): unknown {
  const text = search.get(name);
  if (text === null || text === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    throw new CodedError('BAD_REQUEST', `Not a GraphQL request: ${name}: expected JSON`);
  }
}

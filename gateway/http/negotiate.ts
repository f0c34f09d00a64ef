import { isUtf8, type MediaType, parseAccept } from './media-type.ts';

/** What an answer may be. The two JSON types differ in the status codes of answers without data. */
export type AnswerType = 'application/graphql-response+json' | 'application/json' | 'text/html';

/**
 * The answer type that the caller likes best. Null: none, which is 406.
 * https://graphql.github.io/graphql-over-http/draft/#sec-Body
 */
export function negotiate(accept: string | undefined, offersHtml: boolean): AnswerType | null {
  // Since 2025 the specification's choice for callers that say nothing.
  if (accept === undefined || accept.trim() === '') return 'application/graphql-response+json';
  const wanted = parseAccept(accept).filter(isUtf8);
  // What a wildcard stands for is ours to choose: clients that say only that they take anything are old or curl.
  const offers: AnswerType[] = ['application/json', 'application/graphql-response+json', ...htmlOffer(offersHtml)];
  const ranked = offers
    .map((offer) => ({ offer, ...rank(offer, wanted) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.precision - a.precision || a.position - b.position);
  return ranked[0]?.offer ?? null;
}

/** Whether the caller names a type of ours, instead of taking whatever comes. */
export function namesJson(accept: string | undefined): boolean {
  const named = new Set<string>(['application/json', 'application/graphql-response+json']);
  return parseAccept(accept ?? '').some(({ type }) => named.has(type));
}

function htmlOffer(offersHtml: boolean): AnswerType[] {
  return offersHtml ? ['text/html'] : [];
}

/** The most precise range that fits decides (RFC 9110, 12.5.1). */
function rank(offer: AnswerType, wanted: readonly MediaType[]) {
  const ranges = [offer, `${offer.slice(0, offer.indexOf('/'))}/*`, '*/*'];
  for (const [index, range] of ranges.entries()) {
    const position = wanted.findIndex(({ type }) => type === range);
    if (position >= 0) return { weight: wanted[position]!.weight, precision: -index, position };
  }
  return { weight: 0, precision: 0, position: 0 };
}

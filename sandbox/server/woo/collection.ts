import type { FastifyReply, FastifyRequest } from 'fastify';
import { rawPath, rawQuery } from '../vendor-server.ts';
import type { ParamReader } from './params.ts';

/** WooCommerce answers at most so many objects a page. */
const MAX_PER_PAGE = 100;
const DEFAULT_PER_PAGE = 10;

export interface Page {
  page: number;
  perPage: number;
  offset: number;
}

export function pageParams(params: ParamReader): Page {
  const page = params.integer('page', { min: 1 }) ?? 1;
  const perPage = params.integer('per_page', { min: 1, max: MAX_PER_PAGE }) ?? DEFAULT_PER_PAGE;
  return { page, perPage, offset: params.integer('offset', { min: 0 }) ?? (page - 1) * perPage };
}

/** The page's items, with the totals in headers, where WordPress puts them. */
export function sendPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  items: readonly T[],
  { page, perPage, offset }: Page,
): T[] {
  const pages = Math.ceil(items.length / perPage);
  reply.header('x-wp-total', String(items.length)).header('x-wp-totalpages', String(pages));
  const links = [
    ...(page > 1 ? [link(request, Math.min(page - 1, Math.max(pages, 1)), 'prev')] : []),
    ...(page < pages ? [link(request, page + 1, 'next')] : []),
  ];
  if (links.length > 0) reply.header('link', links.join(', '));
  return items.slice(offset, offset + perPage);
}

/** The link repeats the caller's parameters without his credentials. */
function link(request: FastifyRequest, page: number, rel: 'prev' | 'next'): string {
  const query = new URLSearchParams(rawQuery(request));
  for (const name of [...query.keys()]) if (/^(?:oauth_|consumer_)/.test(name)) query.delete(name);
  query.set('page', String(page));
  return `<http://${request.headers.host ?? ''}${rawPath(request)}?${query}>; rel="${rel}"`;
}

import type { FastifyRequest } from 'fastify';
import { rawQuery } from '../vendor-server.ts';
import { notFound } from './errors.ts';

/** The vendor cuts bigger pages to this. */
const MAX_PER_PAGE = 100;
const DEFAULT_PER_PAGE = 25;

export interface IdParams {
  id: string;
}

export interface Page {
  skip: number;
  take: number;
}

export function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(rawQuery(request));
}

/** Wrong numbers count as none: nothing is refused here. */
export function pageOf(query: URLSearchParams): Page {
  const page = positive(query.get('page')) ?? 1;
  const take = Math.min(positive(query.get('per_page')) ?? DEFAULT_PER_PAGE, MAX_PER_PAGE);
  return { skip: (page - 1) * take, take };
}

/** Reads no further than the page's end. */
export function takePage<T>(items: Iterable<T>, { skip, take }: Page): T[] {
  const page: T[] = [];
  let seen = 0;
  for (const item of items) {
    if (seen >= skip) page.push(item);
    seen += 1;
    if (page.length === take) break;
  }
  return page;
}

export function existing<T>(store: ReadonlyMap<number, T>, id: string): T {
  const record = /^\d{1,15}$/.test(id) ? store.get(Number(id)) : undefined;
  if (record === undefined) throw notFound();
  return record;
}

/** `additional_fields[invoice]=a,b` */
export function bracketList(query: URLSearchParams, name: string): string[] {
  return (query.get(name) ?? '').split(',').filter((item) => item !== '');
}

function positive(text: string | null): number | null {
  const number = Number(text ?? '');
  return Number.isInteger(number) && number > 0 ? number : null;
}

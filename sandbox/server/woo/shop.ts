import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../common/clock.ts';
import type { WooStore } from '../../data/records.ts';
import type { ChangeBus } from '../changes.ts';
import { rawQuery } from '../vendor-server.ts';
import { type Page, sendPage } from './collection.ts';
import { pickFields } from './fields.ts';
import { siteTime } from './formats.ts';
import type { OrderSearch } from './order-search.ts';
import { createParamReader, type ParamReader } from './params.ts';
import { type PhpQuery, parsePhpQuery } from './php-query.ts';

export const API = '/wp-json/wc/v3';

/** What every file of routes is given. */
export interface Shop {
  store: WooStore;
  clock: Clock;
  changes: ChangeBus;
  search: OrderSearch;
}

export type Routes = (app: FastifyInstance, shop: Shop) => void;

export interface IdParams {
  id: string;
}

export interface RequestParams {
  query: PhpQuery;
  params: ParamReader;
  /** `_fields` */
  fields: string[] | null;
}

export function paramsOf(request: FastifyRequest): RequestParams {
  const query = parsePhpQuery(rawQuery(request));
  return { query, params: createParamReader(query, siteTime), fields: query.list('_fields') };
}

type Json = Record<string, unknown>;

/** Adds WordPress's links and cuts the object to `_fields`. */
export function shaped(request: FastifyRequest, path: string, object: Json, fields: string[] | null): Json {
  const base = `http://${request.headers.host ?? ''}${API}/${path}`;
  const links = { self: [{ href: `${base}/${object.id}` }], collection: [{ href: base }] };
  return pickFields({ ...object, _links: links }, fields);
}

/** Answers one page of records. */
export function answerPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: { records: readonly T[]; page: Page; path: string; fields: string[] | null; render: (record: T) => Json },
): Json[] {
  const page = sendPage(request, reply, list.records, list.page);
  return page.map((record) => shaped(request, list.path, list.render(record), list.fields));
}

/** The id in a path; null for what is no number. */
export function idOf(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

import type { IncomingHttpHeaders } from 'node:http';
import { isOwnHeader } from '../../common/caller-header.ts';

/** A header of clients that subgraphs get too. */
export interface HeaderRule {
  /** Lower case. */
  name: string;
  /** Null: all of them. */
  subgraph: string | null;
}

/** What the gateway says itself, and what belongs to one connection (RFC 9110, 7.6.1). */
const NEVER = new Set([
  ...['accept', 'accept-encoding', 'content-encoding', 'content-length', 'content-type', 'expect', 'host'],
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'traceparent', 'tracestate', 'x-deadline-ms', 'x-request-id'],
]);

const HEADER_NAME = /^[a-z0-9-]+$/;

/** Reads `accept-language,shop:x-tenant`; null when one of them is no header that may be passed on. */
export function parseHeaderRules(text: string): readonly HeaderRule[] | null {
  const rules = text.split(',').map((one): HeaderRule => {
    const [name = '', subgraph = null] = one.trim().split(':').reverse();
    return { name: name.toLowerCase(), subgraph };
  });
  return rules.every(isAllowed) ? rules : null;
}

function isAllowed({ name, subgraph }: HeaderRule): boolean {
  return HEADER_NAME.test(name) && !NEVER.has(name) && !isOwnHeader(name) && subgraph !== '';
}

/** Of a client's headers those that this subgraph gets. */
export function forwardedHeaders(
  rules: readonly HeaderRule[],
  headers: IncomingHttpHeaders,
  subgraph: string,
): Record<string, string> {
  const forwarded: Record<string, string> = {};
  for (const rule of rules) {
    const value = headers[rule.name];
    const isFor = rule.subgraph === null || rule.subgraph === subgraph;
    if (isFor && value !== undefined) forwarded[rule.name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return forwarded;
}

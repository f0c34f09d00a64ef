import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface GraphiqlOptions {
  title?: string;
  /** Operations to start from. */
  tabs?: readonly GraphiqlTab[];
  /** Headers to start from, as a token that everybody may have: read anew when they are that old. */
  headers?: { read(): Promise<Record<string, string>>; maxAgeMs: number };
}

interface GraphiqlTab {
  title: string;
  query: string;
  variables?: Record<string, unknown>;
}

export type SendGraphiql = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

interface Page {
  html: string;
  gzipped: Buffer;
  policy: string;
}

/** The GraphiQL page. All that it needs is in the page itself, and its policy keeps it from asking anybody else. */
export function createGraphiql(options: GraphiqlOptions): SendGraphiql {
  // Ten megabytes that most processes never send.
  const current = keepFor(options.headers?.maxAgeMs ?? Number.POSITIVE_INFINITY, () => render(options));
  return async (request, reply) => {
    const { html, gzipped, policy } = await current();
    reply.header('content-security-policy', policy).header('referrer-policy', 'no-referrer');
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return takesGzip ? reply.header('content-encoding', 'gzip').send(gzipped) : reply.send(html);
  };
}

async function render({ title = 'jeden', tabs = [], headers: own }: GraphiqlOptions): Promise<Page> {
  const headers = own ? JSON.stringify(await own.read(), null, 2) : '';
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title,
    endpoint: '/graphql',
    // Headers hold tokens, and the browser's storage is no place for them.
    shouldPersistHeaders: false,
    ...(headers ? { headers } : {}),
    ...(tabs.length > 0 ? { defaultTabs: tabs.map((tab) => toTab(tab, headers)), ...initialVariables(tabs) } : {}),
  });
  return { html, gzipped: await promisify(gzip)(html), policy: policyFor(html) };
}

/** The same page until it is that old; one that could not be made is tried again. */
function keepFor(maxAgeMs: number, make: () => Promise<Page>): () => Promise<Page> {
  let kept: { page: Promise<Page>; atMs: number } | null = null;
  return () => {
    if (kept && performance.now() - kept.atMs < maxAgeMs) return kept.page;
    const page = make();
    page.catch(() => {
      kept = null;
    });
    kept = { page, atMs: performance.now() };
    return page;
  };
}

/** GraphiQL names tabs after their operation; what a title says more stands above it. */
function toTab({ title, query, variables }: GraphiqlTab, headers: string) {
  const text = `# ${title}\n${query.trim()}\n`;
  return { query: text, variables: variables ? JSON.stringify(variables, null, 2) : '', headers };
}

/** The first tab is open before GraphiQL looks into its tabs. */
function initialVariables([first]: readonly GraphiqlTab[]) {
  return first?.variables ? { variables: JSON.stringify(first.variables, null, 2) } : {};
}

/** Allows the page's own script by its hash. Its editor adds styles, and starts its workers from blobs. */
function policyFor(html: string): string {
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)];
  const hashes = scripts.map(([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    'font-src data:',
    'worker-src blob:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

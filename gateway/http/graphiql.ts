import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface GraphiqlOptions {
  title?: string;
  /** Operations to start from. */
  tabs?: readonly GraphiqlTab[];
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
  let page: Promise<Page> | null = null;
  return async (request, reply) => {
    page ??= render(options);
    const { html, gzipped, policy } = await page;
    reply.header('content-security-policy', policy).header('referrer-policy', 'no-referrer');
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return takesGzip ? reply.header('content-encoding', 'gzip').send(gzipped) : reply.send(html);
  };
}

async function render({ title = 'jeden', tabs = [] }: GraphiqlOptions): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title,
    endpoint: '/graphql',
    // Headers hold tokens, and the browser's storage is no place for them.
    shouldPersistHeaders: false,
    ...(tabs.length > 0 ? { defaultTabs: tabs.map(toTab), ...initialVariables(tabs) } : {}),
  });
  return { html, gzipped: await promisify(gzip)(html), policy: policyFor(html) };
}

/** GraphiQL names tabs after their operation; what a title says more stands above it. */
function toTab({ title, query, variables }: GraphiqlTab) {
  return { query: `# ${title}\n${query.trim()}\n`, variables: variables ? JSON.stringify(variables, null, 2) : '' };
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

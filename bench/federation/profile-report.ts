import type { Profiler } from 'node:inspector';

export interface ProfileReport {
  busyMs: number;
  idleMs: number;
  /** Shares of the busy time, largest first. */
  categories: readonly Share[];
  packages: readonly Share[];
  functions: readonly Share[];
}

export interface Share {
  name: string;
  share: number;
}

const IDLE = new Set(['(idle)', '(root)']);

type Frame = Profiler.ProfileNode['callFrame'];

/** Self time, by what the function is part of. */
export function reportOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ProfileReport {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const selfUs = new Map<Frame, number>();
  let idleUs = 0;
  samples.forEach((id, index) => {
    const frame = frames.get(id)!;
    const us = timeDeltas[index]!;
    if (IDLE.has(frame.functionName)) idleUs += us;
    else if (frame.url !== 'node:inspector') selfUs.set(frame, (selfUs.get(frame) ?? 0) + us);
  });
  const busyUs = selfUs.values().reduce((sum, us) => sum + us, 0);
  const by = (nameOf: (frame: Frame) => string): Share[] => {
    const sums = new Map<string, number>();
    for (const [frame, us] of selfUs) sums.set(nameOf(frame), (sums.get(nameOf(frame)) ?? 0) + us);
    return [...sums].map(([name, us]) => ({ name, share: us / busyUs })).sort((a, b) => b.share - a.share);
  };
  return {
    busyMs: busyUs / 1000,
    idleMs: idleUs / 1000,
    categories: by(categoryOf),
    packages: by(packageOf),
    functions: by(functionOf),
  };
}

/** The first that fits a frame's package, as `packageOf` names it. */
const CATEGORIES: readonly (readonly [string, RegExp])[] = [
  ['garbage collection', /^\(garbage collector\)$/],
  ['JSON', /^JSON$/],
  [
    'HTTP client',
    /^(undici|WebAssembly|.*fetch.*|agentkeepalive|@whatwg-node\/.*|node:_http_(client|agent)|node:internal\/deps)$/,
  ],
  ['HTTP server', /^(node:_http_.*|node:http|fastify|find-my-way|express|router|body-parser|@graphql-yoga\/.*)$/],
  [
    'sockets and streams',
    /^node:(net|stream|events|buffer|internal\/(stream.*|js_stream.*|buffer|util|webstreams))$|^native (write|read)/,
  ],
  [
    'promises and timers',
    /^node:(internal\/(process|timers|async.*|promise.*|abort.*)|async_hooks|timers)$|^native (then|runMicrotasks)/,
  ],
  ['spans and metrics', /^(@opentelemetry\/.*|prom-client)$/],
  ['logs', /^(pino.*|sonic-boom|fast-redact|@pinojs\/.*)$/],
  ['tokens', /^(jose|node:internal\/crypto)$/],
  ['GraphQL', /^(graphql|@graphql-tools\/.*|graphql-jit)$/],
  ["Apollo's or Hive's gateway", /^(@apollo\/.*|@graphql-hive\/.*|@graphql-mesh\/.*)$/],
  ['native code outside of functions', /^\(program\)$/],
];

function categoryOf(frame: Frame): string {
  const name = packageOf(frame);
  return CATEGORIES.find(([, pattern]) => pattern.test(name))?.[0] ?? name;
}

/** A package's name, a folder of ours, or a module of Node. */
function packageOf({ functionName, url, lineNumber }: Frame): string {
  if (functionName.startsWith('(') && url === '') return functionName;
  if (url.endsWith('/profile-hook.ts')) return 'JSON';
  if (url.startsWith('wasm:')) return 'WebAssembly';
  // Native functions have no line.
  if (url === '' && lineNumber >= 0) return 'code generated at run time';
  if (url === '') return `native ${functionName || 'anonymous'}`;
  if (url.startsWith('node:')) return url.split('/', 2).join('/');
  const installed = /.*\/node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(url)?.[1];
  return installed ?? `jeden ${ownPath(url).split('/').slice(0, -1).join('/')}`;
}

function functionOf(frame: Frame): string {
  const { functionName, url, lineNumber } = frame;
  const place = url.startsWith('node:') ? url : (/.*\/node_modules\/(.*)/.exec(url)?.[1] ?? ownPath(url));
  return `${functionName || '(anonymous)'} ${place && `${place}:${lineNumber + 1}`}`.trim();
}

const ROOT = new URL('../../', import.meta.url).href;

function ownPath(url: string): string {
  return url.startsWith(ROOT) ? url.slice(ROOT.length) : url;
}

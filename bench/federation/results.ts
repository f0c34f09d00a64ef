import { cpus } from 'node:os';
import { median } from '../measured-process.ts';
import type { Turn } from './measure-turn.ts';
import type { OperationName } from './operations.ts';
import type { Options } from './options.ts';

/** Medians of the rounds. */
export type Measures = Omit<Turn, 'gateway' | 'query'>;
export type ByQuery<Value> = Partial<Record<OperationName, Value>>;

export interface Results {
  machine: string;
  node: string;
  date: string;
  options: Omit<Options, 'gateways' | 'queries' | 'write'>;
  gateways: Record<string, { label: string } & ByQuery<Measures>>;
  /** Ours as a multiple of each peer. */
  ratios: Record<string, Record<string, ByQuery<Ratio>>>;
  /** How a delay of the subgraphs adds up; null without one. */
  delays: ByQuery<Delays> | null;
  /** Gateways that could not be measured, with the reason. */
  failed: Record<string, string>;
}

export type Ratio = Record<'perSecond' | 'cpuMs' | 'p95Ms', number>;

export interface Delays {
  /** Calls that the plan makes one after the other. */
  waves: number;
  /** Of one call to a subgraph without any gateway, under the same number of connections. */
  directP50Ms: number;
  /** By gateway: p50 as a multiple of waves × delay. */
  p50: Record<string, number>;
}

export interface ToResults {
  options: Options;
  turns: readonly Turn[];
  failed: Record<string, string>;
  waves: ByQuery<Pick<Delays, 'waves' | 'directP50Ms'>> | null;
}

export function toResults({ options, turns, failed, waves }: ToResults): Results {
  const { gateways: contenders, queries, write: _write, ...rest } = options;
  const measured = contenders.filter(({ name }) => turns.some(({ gateway }) => gateway === name));
  const gateways = Object.fromEntries(
    measured.map(({ name, label }) => {
      const own = turns.filter(({ gateway }) => gateway === name);
      return [name, { label, ...byQuery(queries, (query) => medians(own.filter((turn) => turn.query === query))) }];
    }),
  );
  const peers = measured.filter(({ isOurs }) => !isOurs);
  const ratioTo = (own: string, peer: string, query: OperationName) =>
    ratio(gateways[own]?.[query], gateways[peer]?.[query]);
  return {
    machine: `${cpus()[0]!.model.trim()}, ${cpus().length} cores`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    options: rest,
    gateways,
    ratios: Object.fromEntries(
      measured
        .filter(({ isOurs }) => isOurs)
        .map(({ name: own }) => [
          own,
          Object.fromEntries(peers.map(({ name }) => [name, byQuery(queries, (query) => ratioTo(own, name, query))])),
        ]),
    ),
    delays: waves && byQuery(queries, (query) => delaysOf(query, waves[query]!, gateways, options.delay)),
    failed,
  };
}

function byQuery<Value>(queries: readonly OperationName[], of: (query: OperationName) => Value | null): ByQuery<Value> {
  const entries = queries.map((query) => [query, of(query)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as ByQuery<Value>;
}

function medians(turns: readonly Turn[]): Measures | null {
  const [first] = turns;
  if (!first) return null;
  const { gateway: _gateway, query: _query, ...measures } = first;
  const names = Object.keys(measures) as (keyof Measures)[];
  return Object.fromEntries(
    names.map((name) => [name, rounded(median(turns.map((turn) => turn[name])))]),
  ) as unknown as Measures;
}

function ratio(own: Measures | undefined, peer: Measures | undefined): Ratio | null {
  if (!own || !peer) return null;
  const of = (name: keyof Ratio) => rounded(own[name] / peer[name]);
  return { perSecond: of('perSecond'), cpuMs: of('cpuMs'), p95Ms: of('p95Ms') };
}

function delaysOf(
  query: OperationName,
  known: Pick<Delays, 'waves' | 'directP50Ms'>,
  gateways: Results['gateways'],
  delayMs: number,
): Delays {
  const entries = Object.entries(gateways).flatMap(([name, { [query]: measures }]) =>
    measures ? [[name, rounded(measures.p50Ms / (known.waves * delayMs))] as const] : [],
  );
  return { ...known, p50: Object.fromEntries(entries) };
}

/** To three figures that count. */
function rounded(value: number): number {
  return value >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}

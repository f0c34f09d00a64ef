import type { Turn } from './measure-turn.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import type { Measures, Results } from './results.ts';

export function formatTurn(turn: Turn): string {
  const { gateway, perSecond, p50Ms, p95Ms, cpuMs, cpuShare, rssMb, subRequests, answerBytes } = turn;
  const fields = [
    `${perSecond.toFixed(0).padStart(6)} requests/s`,
    `p50 ${p50Ms.toFixed(1)} ms`,
    `p95 ${p95Ms.toFixed(1)} ms`,
    `cpu ${cpuMs.toFixed(3)} ms (${percent(cpuShare)})`,
    `rss ${rssMb.toFixed(0)} MB`,
    `${subRequests.toFixed(2)} subgraph requests`,
    `${answerBytes} bytes`,
  ];
  return `  ${gateway.padEnd(16)}${fields.join('   ')}`;
}

/** In Markdown; a table for each query. */
export function toTable(results: Results): string {
  return measuredQueries(results)
    .map((query) => tableOf(query, results))
    .join('\n\n');
}

export function measuredQueries({ gateways }: Results): OperationName[] {
  const all = Object.keys(OPERATIONS) as OperationName[];
  return all.filter((query) => Object.values(gateways).some((measures) => measures[query]));
}

const COLUMNS: readonly (readonly [string, (measures: Measures) => string])[] = [
  ['requests/s', ({ perSecond }) => perSecond.toFixed(0)],
  ['CPU ms a request', ({ cpuMs }) => cpuMs.toFixed(3)],
  ['p50 ms', ({ p50Ms }) => p50Ms.toFixed(1)],
  ['p95 ms', ({ p95Ms }) => p95Ms.toFixed(1)],
  ['memory MB', ({ rssMb }) => rssMb.toFixed(0)],
  ['of its core', ({ cpuShare }) => percent(cpuShare)],
  ['subgraph requests', ({ subRequests }) => subRequests.toFixed(2)],
];

function tableOf(query: OperationName, { gateways, ratios, delays }: Results): string {
  const own = Object.keys(ratios);
  const delay = delays?.[query];
  const titles = [
    `gateway, ${query} query`,
    ...COLUMNS.map(([title]) => title),
    ...own.map((name) => `${name} : it`),
    ...(delay ? [`p50 : ${delay.waves} waves`] : []),
  ];
  const rows = Object.entries(gateways).flatMap(([name, { label, [query]: measures }]) => {
    if (!measures) return [];
    const factors = own.map((ours) => ratios[ours]?.[name]?.[query]?.perSecond.toFixed(2) ?? '');
    const waves = delay ? [delay.p50[name]!.toFixed(2)] : [];
    return [[`**${name}**: ${label}`, ...COLUMNS.map(([, of]) => of(measures)), ...factors, ...waves]];
  });
  return aligned([titles, ...rows]);
}

/** As the formatter writes tables: names to the left, numbers to the right, columns as wide as their widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))),
  );
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return lines
    .toSpliced(1, 0, rule)
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

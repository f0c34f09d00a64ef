import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { toPlots } from './plots.ts';
import type { Results } from './results.ts';
import { toTable } from './table.ts';

/** What a run found is written here by the run itself; by hand only what is said about it. */
const PAGE = new URL('./FEDERATION.md', import.meta.url);
const RESULTS = new URL('./results/', import.meta.url);
const PLOTS = new URL('./plots/', import.meta.url);

export async function writeResults(results: Results): Promise<void> {
  const mode = modeOf(results);
  await mkdir(RESULTS, { recursive: true });
  await writeFile(new URL(`${mode}.json`, RESULTS), `${JSON.stringify(results, null, 2)}\n`);
  await writePage(mode, results);
}

/** Each way to run it has its own part of the page. */
function modeOf({ options: { subgraphs, delay } }: Results): string {
  return delay > 0 ? `${subgraphs}-delay-${delay}` : subgraphs;
}

async function writePage(mode: string, results: Results): Promise<void> {
  const plots = toPlots(mode, results);
  await mkdir(PLOTS, { recursive: true });
  for (const { fileName, svg } of plots) await writeFile(new URL(fileName, PLOTS), svg);
  const pictures = plots.map(({ title, fileName }) => `![${title}](plots/${fileName})`);
  const parts = [describe(results), toTable(results), ...pictures];
  const page = await readFile(PAGE, 'utf8');
  await writeFile(PAGE, placeBetween(page, mode, parts.join('\n\n')));
}

/** Puts the text between the mode's marks, in place of what is there. */
export function placeBetween(page: string, mode: string, text: string): string {
  const [begin, end] = [`<!-- ${mode} -->`, `<!-- /${mode} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for these results: ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}

function describe({ machine, node, date, options, delays, failed }: Results): string {
  const { rounds, seconds, connections, subgraphs, delay, nodeOptions } = options;
  const answers = subgraphs === 'memo' ? 'stored answers of the subgraphs' : 'subgraphs that execute';
  const direct = Object.values(delays ?? {})[0]?.directP50Ms;
  return [
    `${date}, ${machine}, Node ${node} with \`${nodeOptions}\`; ${connections} connections, ${answers},`,
    `medians of ${rounds} rounds of ${seconds} s.`,
    ...(direct === undefined
      ? []
      : [`The subgraphs wait ${delay} ms; a call to one without any gateway takes ${direct.toFixed(1)} ms (p50).`]),
    ...Object.entries(failed).map(([name, reason]) => `${name} could not be measured: ${reason.split('\n')[0]}.`),
  ].join(' ');
}

if (import.meta.main) {
  for (const file of (await readdir(RESULTS)).filter((name) => name !== 'customer-360.json')) {
    await writePage(basename(file, '.json'), JSON.parse(await readFile(new URL(file, RESULTS), 'utf8')));
  }
}

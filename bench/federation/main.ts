import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { print } from '../measured-process.ts';
import { measureDirectCall } from './direct-call.ts';
import { REFERENCE, type Stage } from './gateways.ts';
import { ensurePeers } from './install-peers.ts';
import { canonical, measureTurn, type Turn } from './measure-turn.ts';
import type { OperationName } from './operations.ts';
import { type Options, readOptions } from './options.ts';
import { type ByQuery, type Delays, type Results, toResults } from './results.ts';
import { createStage } from './stage.ts';
import { startGateway } from './start-gateway.ts';
import { type RunningSubgraphs, startSubgraphs } from './start-subgraphs.ts';
import { formatTurn, toTable } from './table.ts';
import { countWaves } from './waves.ts';
import { writeResults } from './write-page.ts';
import { ensureWrk } from './wrk.ts';

/**
 * Measures federation gateways in turns, each alone on one core, over the same subgraphs, which share the other core with
 * the load. Ends with one line of JSON.
 */
async function run(options: Options): Promise<Results> {
  if (process.platform !== 'linux' || cpus().length < 2) throw new Error('This bench needs Linux and two cores');
  ensureWrk();
  ensurePeers();
  using subgraphs = await startSubgraphs(options);
  const stage = await createStage(subgraphs.url);
  const references = await askReferences(options, stage);
  const waves = options.delay > 0 ? await readWaves(options, stage, subgraphs) : null;
  const turns: Turn[] = [];
  const failed: Record<string, string> = {};
  for (const query of options.queries) {
    for (let round = 1; round <= options.rounds; round += 1) {
      print(`${query} query, round ${round} of ${options.rounds}`);
      for (const gateway of options.gateways.filter(({ name }) => failed[name] === undefined)) {
        try {
          const deps = { stage, subgraphs, options, print };
          const turn = await tryAgain(() => measureTurn(gateway, query, references[query]!, deps), gateway.name);
          turns.push(turn);
          print(formatTurn(turn));
        } catch (error) {
          failed[gateway.name] = (error as Error).message;
          print(`  ${gateway.name} is left out`);
        }
      }
    }
  }
  return toResults({ options, turns, failed, waves });
}

const TRIES = 3;

/** A turn that went wrong counts for nothing: one on a machine that others use may. */
async function tryAgain(measure: () => Promise<Turn>, name: string, tries = TRIES): Promise<Turn> {
  try {
    return await measure();
  } catch (error) {
    print(`  ${name}: ${(error as Error).message}`);
    if (tries === 1) throw error;
    return tryAgain(measure, name, tries - 1);
  }
}

/** What every gateway has to answer. */
async function askReferences({ queries, nodeOptions }: Options, stage: Stage): Promise<ByQuery<string>> {
  using reference = await startGateway(REFERENCE, stage, { nodeOptions });
  const answers: ByQuery<string> = {};
  for (const query of queries) answers[query] = canonical(await reference.ask(query));
  return answers;
}

async function readWaves(
  { queries, connections }: Options,
  { folder, plain }: Stage,
  { url }: RunningSubgraphs,
): Promise<ByQuery<Pick<Delays, 'waves' | 'directP50Ms'>>> {
  const directP50Ms = await measureDirectCall(url, { folder, connections });
  const supergraph = await readFile(plain, 'utf8');
  const of = (query: OperationName) => ({ waves: countWaves(supergraph, query), directP50Ms });
  return Object.fromEntries(queries.map((query) => [query, of(query)]));
}

const options = readOptions(process.argv.slice(2));
const results = await run(options);
print(`\n${toTable(results)}\n`);
if (options.write) await writeResults(results);
if (Object.keys(results.failed).length > 0) process.exitCode = 1;
print(JSON.stringify(results));

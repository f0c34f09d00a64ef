import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { parse as parseGraphQL } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

/**
 * Rover's supergraph configuration, as far as it describes local files.
 * https://www.apollographql.com/docs/rover/commands/supergraphs#yaml-configuration-file
 */
const roverConfigSchema = z.object({
  federation_version: z.union([z.string(), z.number()]).optional(),
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.url(), schema: z.object({ file: z.string() }) }, 'expected routing_url and schema.file'),
  ),
});

export interface ComposeAnswer {
  supergraphSdl: string;
  /** What composition found odd but not wrong. */
  hints: string[];
}

/** Composes the subgraphs a Rover configuration names. Throws one error that lists everything composition refuses. */
export async function composeFile(configPath: string): Promise<ComposeAnswer> {
  const config = roverConfigSchema.parse(parseYaml(await readFile(configPath, 'utf8')));
  checkFederationVersion(config.federation_version);
  const services = await Promise.all(
    Object.entries(config.subgraphs).map(async ([name, { routing_url: url, schema }]) => {
      const path = resolve(dirname(configPath), schema.file);
      return { name, url, typeDefs: parseGraphQL(await readFile(path, 'utf8')) };
    }),
  );
  const result = composeServices(services);
  if (result.errors) throw new Error(`The subgraphs do not compose:\n${result.errors.map(String).join('\n\n')}`);
  return { supergraphSdl: `${result.supergraphSdl.trim()}\n`, hints: result.hints.map(String) };
}

/** Rover fetches the composer of this version; ours must be the same one, or the two write different supergraphs. */
function checkFederationVersion(wanted: string | number | undefined): void {
  const { version } = createRequire(import.meta.url)('@apollo/composition/package.json') as { version: string };
  const exact = String(wanted ?? version).replace(/^=/, '');
  if (version !== exact && !version.startsWith(`${exact}.`)) {
    throw new Error(`rover.yaml asks for federation ${exact}, but @apollo/composition ${version} is installed`);
  }
}

async function run(): Promise<number> {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      config: { type: 'string', default: resolve(root, 'rover.yaml') },
      output: { type: 'string', default: resolve(root, 'schema/supergraph.graphql') },
    },
  });
  const { supergraphSdl, hints } = await composeFile(values.config);
  for (const hint of hints) process.stderr.write(`${hint}\n`);
  const current = await readFile(values.output, 'utf8').catch(() => null);
  if (current === supergraphSdl) {
    process.stdout.write(`${values.output} is up to date\n`);
    return 0;
  }
  if (values.check) {
    process.stderr.write(`${values.output} differs from what the subgraphs compose to: run \`npm run compose\`\n`);
    return 1;
  }
  await writeFile(values.output, supergraphSdl);
  process.stdout.write(`wrote ${values.output}\n`);
  return 0;
}

if (import.meta.main) {
  process.exitCode = await run().catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    return 1;
  });
}

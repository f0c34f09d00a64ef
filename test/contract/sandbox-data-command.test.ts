import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { createDataset } from '../../sandbox/data/dataset.ts';
import { processEnv } from '../setup/process-env.ts';

const run = promisify(execFile);

async function truthWith(settings: Record<string, string>): Promise<string> {
  const env = processEnv(settings);
  const { stdout } = await run(process.execPath, ['sandbox/truth.ts'], { env, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

test('sandbox:truth prints the truth of the company that the settings make', async () => {
  const settings = { SANDBOX_CUSTOMERS: '60', SANDBOX_SEED: '5', SANDBOX_AS_OF: '2026-06-15T10:00:00Z' };
  const dataset = createDataset({ customers: 60, seed: 5, asOf: new Date('2026-06-15T10:00:00Z') });
  expect(JSON.parse(await truthWith(settings))).toEqual(dataset.truth());
});

test('sandbox:truth names a wrong setting and prints nothing else', async () => {
  await expect(truthWith({ SANDBOX_CUSTOMERS: 'many' })).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('SANDBOX_CUSTOMERS'),
  });
});

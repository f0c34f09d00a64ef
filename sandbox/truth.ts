import { readSettings, SettingsError } from '../common/settings.ts';
import { createDataset } from './data/dataset.ts';
import { SANDBOX_DATA_SETTINGS } from './settings.ts';

/** Prints the ground truth of the sandbox that the same settings make: `npm run --silent sandbox:truth`. */
try {
  const { customers, seed, asOf } = readSettings(SANDBOX_DATA_SETTINGS, process.env);
  const truth = createDataset({ customers, seed, asOf }).truth();
  process.stdout.write(`${JSON.stringify(truth, null, 2)}\n`);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

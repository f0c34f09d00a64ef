import { parseArgs } from 'node:util';
import { SettingsError } from '../../common/settings.ts';
import { examine } from './doctor.ts';
import { renderReport } from './render.ts';

const USAGE = `npm run doctor -- [--json] [--sample=25]

Reads the systems that the settings name (CRM_SOURCES, SHOP_SOURCES, ACCOUNTING_SOURCES), or the embedded sandbox, and
changes nothing. Tells whether the credentials work, which fields hold identifiers, how well records match, what to set.
  --json      the whole report as JSON
  --sample=n  records of each system whose customer is worked out (1 to 100); more of them cost more calls
`;

/** Ends with 0 when every source works, with 1 when one does not or a setting is wrong, with 2 for wrong arguments. */
async function main(): Promise<number> {
  const options = readArguments();
  if (options === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    const report = await examine(process.env, { sampleSize: options.sampleSize, onProgress: tellWaiting });
    tellWaiting('');
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
    return report.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

const START_OF_LINE = '\r\u001b[K';

/** To whoever sits before the terminal; a file or a pipe gets the report alone. */
function tellWaiting(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${START_OF_LINE}${text}`);
}

function readArguments(): { json: boolean; sampleSize: number } | null {
  try {
    const { values } = parseArgs({
      options: { json: { type: 'boolean', default: false }, sample: { type: 'string', default: '25' } },
    });
    const sampleSize = /^[1-9]\d{0,2}$/.test(values.sample) ? Number(values.sample) : 0;
    return sampleSize >= 1 && sampleSize <= 100 ? { json: values.json, sampleSize } : null;
  } catch {
    return null;
  }
}

process.exitCode = await main();

import { createLogger } from '../common/log.ts';
import { readSettings, SettingsError } from '../common/settings.ts';
import { SANDBOX_CREDENTIALS } from './server/vendors.ts';
import { SANDBOX_SETTINGS, sandboxOptions } from './settings.ts';
import { type Sandbox, startSandbox } from './start.ts';

/** Starts the three vendors' servers alone: `npm run start:sandbox`. */
async function main(): Promise<void> {
  const settings = readSettings(SANDBOX_SETTINGS, process.env);
  const sandbox = await startSandbox({
    ...sandboxOptions(settings),
    log: createLogger({ level: settings.logLevel, name: 'sandbox' }),
    ports: {
      hubspot: settings.hubspotPort,
      woo: settings.wooPort,
      fakturownia: settings.fakturowniaPort,
      control: settings.controlPort,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());
  process.stdout.write(greeting(sandbox));
}

function greeting({ urls, controlUrl, clock }: Sandbox): string {
  const { hubspot, woo, fakturownia } = SANDBOX_CREDENTIALS;
  return [
    `Sandbox as of ${clock.now().toISOString()}`,
    `  HubSpot      ${urls.hubspot}  token ${hubspot.token}`,
    `  WooCommerce  ${urls.woo}  key ${woo.consumerKey}, secret ${woo.consumerSecret}`,
    `  Fakturownia  ${urls.fakturownia}  api_token ${fakturownia.apiToken}`,
    `  Control      ${controlUrl}/sandbox`,
    '',
  ].join('\n');
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

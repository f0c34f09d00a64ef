import { createLogger } from '../common/log.ts';
import { runService } from '../common/run-service.ts';
import { readSettings } from '../common/settings.ts';
import { SANDBOX_CREDENTIALS } from './server/vendors.ts';
import { SANDBOX_SETTINGS, sandboxOptions } from './settings.ts';
import { type Sandbox, startSandbox } from './start.ts';

/** Starts the three vendors' servers alone: `npm run start:sandbox`. */
async function main(): Promise<Sandbox> {
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
  process.stdout.write(greeting(sandbox));
  return sandbox;
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

await runService(main);

import { gatewayPrivateKeySetting, gatewayPublicKeySetting } from '../../common/caller-header.ts';
import { redisSettings } from '../../common/redis.ts';
import { type SettingRow, type Settings, settingRows } from '../../common/settings.ts';
import { SANDBOX_SETTINGS } from '../../sandbox/settings.ts';
import { accountingSettings } from '../../subgraphs/accounting/main.ts';
import { accountingVendors } from '../../subgraphs/accounting/sources.ts';
import { crmSettings } from '../../subgraphs/crm/main.ts';
import { crmVendors } from '../../subgraphs/crm/sources.ts';
import { identitySettings } from '../../subgraphs/identity/main.ts';
import { shopSettings } from '../../subgraphs/shop/main.ts';
import { shopVendors } from '../../subgraphs/shop/sources.ts';
import { auditTokenSetting } from '../audit/settings.ts';
import { cacheCommandSettings } from '../cache/settings.ts';
import { authenticationSettings } from '../issuer/authentication.ts';
import { clientSecretSetting } from '../issuer/settings.ts';
import { gatewaySettings } from '../settings.ts';
import { allInOneSettings } from './settings.ts';

/** The settings of one part, under one heading. */
export interface EnvSection {
  title: string;
  rows: readonly SettingRow[];
}

/** The vendors by domain. */
const DOMAINS: Readonly<Record<string, Readonly<Record<string, Settings>>>> = {
  CRM: crmVendors,
  SHOP: shopVendors,
  ACCOUNTING: accountingVendors,
};

/** Names by which the examples call a source where it is not the vendor's own. */
const SOURCE_NAMES: Readonly<Record<string, string>> = { woocommerce: 'woo' };

/** Every setting of every part; each part's own table says what there is. */
export function envSections(): EnvSection[] {
  return [
    { title: 'Everything in one process: npm start', rows: settingRows(allInOneSettings) },
    { title: "The company's systems", rows: Object.entries(DOMAINS).map(toSourcesRow) },
    ...Object.values(DOMAINS).flatMap((vendors) => Object.entries(vendors).map(toVendorSection)),
    {
      title: 'Gateway as its own service: npm run start:gateway',
      rows: [...settingRows(gatewaySettings), ...SUBGRAPH_PORTS.map(toUrlRow)],
    },
    { title: 'Tokens and clients', rows: settingRows(TOKEN_SETTINGS) },
    { title: 'Audit', rows: settingRows({ auditToken: auditTokenSetting }) },
    { title: 'Commands of the cache: npm run cache', rows: settingRows(cacheCommandSettings) },
    { title: 'Identity as its own service: npm run start:identity', rows: settingRows(identitySettings) },
    { title: 'CRM as its own service: npm run start:crm', rows: settingRows(crmSettings) },
    { title: 'Shop as its own service: npm run start:shop', rows: settingRows(shopSettings) },
    { title: 'Accounting as its own service: npm run start:accounting', rows: settingRows(accountingSettings) },
    { title: 'Sandbox: npm start without systems, or npm run start:sandbox', rows: settingRows(SANDBOX_SETTINGS) },
  ];
}

const TOKEN_SETTINGS = {
  ...authenticationSettings,
  ...redisSettings,
  gatewayPrivateKey: gatewayPrivateKeySetting,
  gatewayPublicKey: gatewayPublicKeySetting,
  clientSecret: clientSecretSetting,
};

const SUBGRAPH_PORTS = [
  ['identity', identitySettings.port.default],
  ['crm', crmSettings.port.default],
  ['shop', shopSettings.port.default],
  ['accounting', accountingSettings.port.default],
] as const;

/** Its default stands in the supergraph. */
function toUrlRow([name, port]: (typeof SUBGRAPH_PORTS)[number]): SettingRow {
  return {
    name: `SUBGRAPH_${name.toUpperCase()}_URL`,
    default: `http://127.0.0.1:${port}/graphql`,
    isRequired: false,
    description: `address of the subgraph ${name}, or several comma separated, in place of the one in the supergraph`,
    secret: false,
  };
}

function toSourcesRow([domain, vendors]: [string, Readonly<Record<string, Settings>>]): SettingRow {
  const names = Object.keys(vendors);
  const example = names.map((vendor) => `${sourceName(vendor)}=${vendor}`)[0];
  return {
    name: `${domain}_SOURCES`,
    default: null,
    isRequired: false,
    description: `which systems are read, as ${example}: name=vendor, comma separated; vendors: ${names.join(', ')}`,
    secret: false,
  };
}

function toVendorSection([vendor, settings]: [string, Settings]): EnvSection {
  const name = sourceName(vendor);
  return { title: `A source named ${name}: ${vendor}`, rows: settingRows(settings, `${name.toUpperCase()}_`) };
}

function sourceName(vendor: string): string {
  return SOURCE_NAMES[vendor] ?? vendor;
}

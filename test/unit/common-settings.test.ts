import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { readSettings, readSources, readTogether, SettingsError, setting, settingRows } from '../../common/settings.ts';

const port = z.coerce.number<string>().int().min(1, 'expected a port').max(65535, 'expected a port');
const httpUrl = z.url('expected a URL');
const table = {
  port: setting({ name: 'PORT', schema: port, default: '4000', description: 'Where the graph listens' }),
  token: setting({ name: 'TOKEN', schema: z.string(), secret: true, description: 'The key of the door' }),
  asOf: setting({ name: 'AS_OF', schema: z.string(), default: null, description: 'Freezes the clock' }),
};
const vendors = {
  woocommerce: {
    url: setting({ name: 'URL', schema: httpUrl, description: 'The shop' }),
    key: setting({ name: 'KEY', schema: z.string(), secret: true, description: 'The shop key' }),
  },
  medusa: { url: setting({ name: 'URL', schema: httpUrl, default: 'http://medusa', description: 'The shop' }) },
};

test('reads texts through their schemas, with defaults and null for what is optional', () => {
  const settings = readSettings(table, { TOKEN: 't0p' });
  expect(settings).toEqual({ port: 4000, token: 't0p', asOf: null });
});

test('an empty variable counts as unset', () => {
  expect(readSettings(table, { TOKEN: 'x', PORT: '', AS_OF: '' })).toEqual({ port: 4000, token: 'x', asOf: null });
});

test('reads a secret from the file that NAME_FILE names, without the line break at its end', async () => {
  await using files = await tempFolder();
  await writeFile(files.path('token'), 'from-file\n');
  expect(readSettings(table, { TOKEN_FILE: files.path('token') }).token).toBe('from-file');
});

test('one message names every wrong setting and what was expected, and no value', () => {
  const env = { PORT: '99999', TOKEN_FILE: '/no/such/canary', AS_OF: '' };
  const error = failureOf(() => readSettings(table, env));
  expect(error.problems).toEqual(['PORT: expected a port', 'TOKEN_FILE: expected a readable file']);
  expect(error.message).toContain('PORT: expected a port');
  expect(error.message).not.toMatch(/99999|canary/);
});

test('refuses a secret that is given twice, and an empty file', async () => {
  await using files = await tempFolder();
  await writeFile(files.path('token'), '\n');
  const error = failureOf(() => readSettings(table, { TOKEN: 'x', TOKEN_FILE: files.path('token') }));
  expect(error.problems).toEqual(['TOKEN: expected only one of TOKEN and TOKEN_FILE', 'TOKEN_FILE: the file is empty']);
});

test('reads each source with its vendor’s table under its own prefix', () => {
  const env = { SHOP_SOURCES: 'woo=woocommerce, outlet=medusa', WOO_URL: 'http://woo', WOO_KEY: 'ck' };
  expect(readSources({ env, variable: 'SHOP_SOURCES', vendors })).toEqual([
    { name: 'woo', vendor: 'woocommerce', settings: { url: 'http://woo', key: 'ck' } },
    { name: 'outlet', vendor: 'medusa', settings: { url: 'http://medusa' } },
  ]);
  expect(readSources({ env: {}, variable: 'SHOP_SOURCES', vendors })).toEqual([]);
});

test.each(['woo=shopify', 'woo', 'Woo=medusa', 'a=medusa,a=woocommerce', 'a-b=medusa', 'x=__proto__'])(
  'refuses the list of sources %p',
  (text) => {
    const error = failureOf(() => readSources({ env: { SHOP_SOURCES: text }, variable: 'SHOP_SOURCES', vendors }));
    expect(error.problems).toHaveLength(1);
    expect(error.problems[0]).toMatch(/^SHOP_SOURCES: expected name=vendor/);
  },
);

test('the problems of all sources and tables land in one error', () => {
  const env = {
    SHOP_SOURCES: 'woo=woocommerce,b=medusa',
    WOO_URL: 'nonsense',
    B_URL: 'nonsense',
    PORT: '0',
    TOKEN: 'x',
  };
  const error = failureOf(() =>
    readTogether({
      common: () => readSettings(table, env),
      shops: () => readSources({ env, variable: 'SHOP_SOURCES', vendors }),
    }),
  );
  expect(error.problems).toEqual([
    'PORT: expected a port',
    'WOO_URL: expected a URL',
    'WOO_KEY (or WOO_KEY_FILE): is required; The shop key',
    'B_URL: expected a URL',
  ]);
});

test('an error that is not about settings passes through', () => {
  const broken = () => {
    throw new TypeError('a fault');
  };
  expect(() => readTogether({ broken })).toThrow(TypeError);
});

test('documents every setting', () => {
  expect(settingRows(vendors.woocommerce, 'WOO_')).toEqual([
    { name: 'WOO_URL', default: null, isRequired: true, description: 'The shop', secret: false },
    { name: 'WOO_KEY', default: null, isRequired: true, description: 'The shop key', secret: true },
  ]);
});

function failureOf(read: () => unknown): SettingsError {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
  throw new Error('Expected a SettingsError');
}

async function tempFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'settings-'));
  return {
    path: (name: string) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

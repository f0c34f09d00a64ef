import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { startGateway } from '../../gateway/main.ts';
import { startCrm } from '../../subgraphs/crm/main.ts';
import { startProduct } from '../e2e/product.ts';
import { freePort } from '../live/processes.ts';

const KEYS = `k1:${Buffer.alloc(32, 5).toString('base64')}`;

const crmOn = (env: Record<string, string>) =>
  startCrm({ LOG_LEVEL: 'silent', IDENTITY_KEYS: KEYS, UNSIGNED_CALLERS: 'allow', PORT: '0', ...env });

test('every part has a second server with /metrics and /health, and the public one has no /metrics', async () => {
  await using product = await startProduct({ sandbox: { customers: 20 } });
  await using crm = await crmOn({});
  const { privateKey } = generateKeyPairSync('ed25519');
  await using gateway = await startGateway({
    LOG_LEVEL: 'silent',
    PORT: '0',
    GATEWAY_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  for (const { url, adminUrl } of [product, crm, gateway]) {
    const scrape = await fetch(`${adminUrl}/metrics`);
    expect(scrape.status).toBe(200);
    expect(scrape.headers.get('content-type')).toMatch('text/plain; version=0.0.4');
    expect(await scrape.text()).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect((await fetch(`${adminUrl}/health/live`)).status).toBe(200);
    expect((await fetch(`${adminUrl}/health/ready`)).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`${adminUrl}/graphql`)).status).toBe(404);
  }
});

test('it listens on loopback beside the public port, until the part is closed', async () => {
  const port = await freePort();
  const crm = await crmOn({ PORT: String(port) });
  expect(crm.adminUrl).toBe(`http://127.0.0.1:${port + 500}`);
  await crm.close();
  await expect(fetch(`${crm.adminUrl}/health/live`)).rejects.toThrow('fetch failed');
});

test('it tells as well that the part goes out of service', async () => {
  await using crm = await crmOn({});
  const ready = async () => [crm.url, crm.adminUrl].map(async (url) => (await fetch(`${url}/health/ready`)).status);
  expect(await Promise.all(await ready())).toEqual([200, 200]);
  crm.shutdown.leave();
  expect(await Promise.all(await ready())).toEqual([503, 503]);
  expect((await fetch(`${crm.adminUrl}/metrics`)).status).toBe(200);
});

test('its port and address can be set, and it can be switched off', async () => {
  const port = await freePort();
  await using elsewhere = await crmOn({ ADMIN_PORT: String(port), ADMIN_HOST: '127.0.0.2' });
  expect(elsewhere.adminUrl).toBe(`http://127.0.0.2:${port}`);
  await using off = await crmOn({ ADMIN_PORT: 'off' });
  expect(off.adminUrl).toBeNull();
  await expect(crmOn({ ADMIN_PORT: '70000' })).rejects.toThrow('ADMIN_PORT: expected a port or off');
});

test('a part whose public port is taken leaves no server behind', async () => {
  await using first = await crmOn({});
  const adminPort = await freePort();
  const port = new URL(first.url).port;
  await expect(crmOn({ PORT: port, ADMIN_PORT: String(adminPort) })).rejects.toThrow('EADDRINUSE');
  await expect(fetch(`http://127.0.0.1:${adminPort}/health/live`)).rejects.toThrow('fetch failed');
});

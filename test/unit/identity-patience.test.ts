import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createPatience } from '../../subgraphs/identity/patience.ts';
import type { PartyPort } from '../../subgraphs/shared/party.ts';

const WELL = [{ found: ['woo:customer:12'], failures: [] }];
const TIMED_OUT = [{ found: [], failures: [{ source: 'woo', code: 'UPSTREAM_TIMEOUT' }] }];

/** A domain that answers when the test says so. */
function holdBack() {
  const calls: PromiseWithResolvers<typeof WELL | typeof TIMED_OUT>[] = [];
  return {
    calls,
    ask: () => {
      const call = Promise.withResolvers<typeof WELL | typeof TIMED_OUT>();
      calls.push(call);
      return call.promise;
    },
  };
}

test('a stall of this process is not the domain’s', async () => {
  const { wait } = createPatience();
  const waiting = wait('shop', async () => {
    await pause(50);
    await pause(50);
    return WELL;
  });
  // Nothing of the process goes on meanwhile, and no processor is used.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3000);
  expect(await waiting).toBe(WELL);
});

test('once it was waited for in vain, one call at a time tries whether the domain answers again', async () => {
  const { wait } = createPatience();
  const { calls, ask } = holdBack();
  expect(await wait('shop', ask)).toBeNull();
  expect(await wait('shop', ask)).toBeNull();
  expect(calls).toHaveLength(1);
  // It failed late: the next one tries, and does not wait for what comes of it.
  calls[0]!.resolve(TIMED_OUT);
  await pause(0);
  expect(await wait('shop', ask)).toBeNull();
  expect(await wait('shop', ask)).toBeNull();
  expect(calls).toHaveLength(2);
  calls[1]!.resolve(WELL);
  await pause(0);
  expect(await wait('shop', async () => WELL)).toBe(WELL);
});

test('a refusal that comes at once is an answer to wait for', async () => {
  const { wait } = createPatience();
  const { calls, ask } = holdBack();
  await wait('shop', ask);
  calls[0]!.resolve(TIMED_OUT);
  await pause(0);
  await wait('shop', async () => TIMED_OUT);
  await pause(0);
  expect(await wait('shop', async () => TIMED_OUT)).toBe(TIMED_OUT);
});

test('a request that ends takes what it had asked along, and tells nothing of the domain', async () => {
  const { wait } = createPatience();
  const { calls, ask } = holdBack();
  await wait('shop', ask);
  calls[0]!.reject(new Error('the caller is gone'));
  await pause(0);
  expect(await wait('shop', ask)).toBeNull();
  expect(calls).toHaveLength(2);
});

test('one domain that hangs says nothing of another', async () => {
  const { wait } = createPatience();
  await wait('shop', holdBack().ask);
  expect(await wait('crm', async () => WELL)).toBe(WELL);
});

test('whoever waits for a domain of this process waits no longer once it needs repeats', async () => {
  let strained: { source: string; code: string }[] = [];
  const shop = { strained: () => strained } as unknown as PartyPort;
  const { wait, strained: strainedOf } = createPatience({ shop });
  const { calls, ask } = holdBack();
  const waiting = wait('shop', ask);
  strained = [{ source: 'woo', code: 'UPSTREAM_UNAVAILABLE' }];
  expect(await waiting).toBeNull();
  expect(strainedOf('shop')).toEqual(strained);
  expect(await wait('shop', ask)).toBeNull();
  expect(calls).toHaveLength(1);
  // It was not silent: once its answers need no repeats they are waited for.
  strained = [];
  expect(await wait('shop', async () => WELL)).toBe(WELL);
});

test('a domain of another process tells that it needs repeats with its answers, for a while', async () => {
  const { wait, heard } = createPatience();
  heard('shop', [{ source: 'woo', code: 'UPSTREAM_UNAVAILABLE' }]);
  expect(await wait('shop', async () => WELL)).toBeNull();
  expect(await wait('crm', async () => WELL)).toBe(WELL);
  heard('shop', []);
  expect(await wait('shop', async () => WELL)).toBe(WELL);
});

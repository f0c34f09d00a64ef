import { expect, test } from '@jest/globals';
import { createMemory } from '../../subgraphs/identity/memory.ts';
import { createRecordCache } from '../../subgraphs/shared/record-cache.ts';
import { createWorld, party, startRequest } from './identity-world.ts';

const ANNA = { firstName: 'Anna', lastName: 'Nowak', emails: ['anna@dom.pl'] };
const RECORDS = [party('CONTACT', 1, { ...ANNA, aliases: ['hubspot:contact:9'] }), party('CUSTOMER', 2, ANNA)];

/** A world whose answers are kept, under a clock of the test's. */
function remembering() {
  let nowMs = 0;
  const now = () => nowMs;
  const cache = createRecordCache({ now });
  const world = createWorld(RECORDS);
  return {
    world,
    cache,
    pass: (ms: number) => {
      nowMs += ms;
    },
    resolve: (reference: string) =>
      startRequest(world.ports, { memory: createMemory(cache, now) }).byReference(reference),
  };
}

test('an answer is good for half a minute by every reference of the customer, then worked out again', async () => {
  const { world, pass, resolve } = remembering();
  const first = await resolve('woo:customer:2');
  world.calls.length = 0;
  expect(await resolve('hubspot:contact:1')).toEqual(first);
  expect(await resolve('hubspot:contact:9')).toEqual(first);
  expect(world.calls).toEqual([]);
  pass(30_000);
  expect(await resolve('hubspot:contact:1')).toEqual(first);
  expect(world.calls).not.toEqual([]);
});

test('while a source is away the last known links stand in for a day, its records marked as stale', async () => {
  const { world, pass, resolve } = remembering();
  await resolve('woo:customer:2');
  pass(60_000);
  world.down.add('shop');
  const incomplete = { incomplete: true, unavailable: [{ source: 'shop', code: 'UPSTREAM_UNAVAILABLE' }] };
  const records = [
    { reference: 'hubspot:contact:1', stale: false },
    { reference: 'woo:customer:2', stale: true },
  ];
  // From a record that is there, and from the one that is not.
  expect(await resolve('hubspot:contact:1')).toMatchObject({ id: 'hubspot:contact:1', records, ...incomplete });
  expect(await resolve('woo:customer:2')).toMatchObject({ id: 'hubspot:contact:1', ...incomplete });
  pass(25 * 60 * 60_000);
  expect(await resolve('hubspot:contact:1')).toMatchObject({ records: [{ reference: 'hubspot:contact:1' }] });
  await expect(resolve('woo:customer:2')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});

test('an incomplete answer is not kept', async () => {
  const { world, resolve } = remembering();
  world.down.add('shop');
  expect(await resolve('hubspot:contact:1')).toMatchObject({ incomplete: true });
  world.down.clear();
  expect(await resolve('hubspot:contact:1')).toMatchObject({ incomplete: false, records: [{}, {}] });
});

test('a change of one of its records takes the whole answer away, also from what is known last', async () => {
  const { world, cache, resolve } = remembering();
  await resolve('hubspot:contact:1');
  await cache.invalidate(['woo:customer:2']);
  world.down.add('shop');
  expect(await resolve('hubspot:contact:1')).toMatchObject({ records: [{ reference: 'hubspot:contact:1' }] });
});

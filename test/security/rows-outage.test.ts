import { expect, test } from '@jest/globals';
import { type RowsWorld, startRows } from './rows-fixture.ts';
import { absentSubject, readSubjects, type Subject, stable } from './rows-subjects.ts';

const ORDER = 'query ($id: ID!) { order(id: $id) { id number billingEmail } }';
const INVOICE = 'query ($id: ID!) { invoice(id: $id) { id number } }';
const CUSTOMER = 'query ($id: ID!) { customer(id: $id) { id displayName } }';

/** Two customers, as they are while everything answers; and the same data behind servers that nobody has asked yet. */
async function startCold(): Promise<{ world: RowsWorld; subject: Subject; stranger: Subject }> {
  await using warm = await startRows();
  const [subject, stranger] = (await readSubjects(warm, { limit: 6 })).filter(({ order, invoice }) => order && invoice);
  return { world: await startRows(), subject: subject!, stranger: stranger! };
}

function accountOf({ references }: Subject): string {
  return references.find((one) => one.startsWith('woo:customer:'))!;
}

test('while a system is down, what is certainly the caller’s is answered; the rest can’t be told, there or not', async () => {
  const { world, subject, stranger } = await startCold();
  await using _ = world;
  world.sandbox.control.set('fakturownia', { mode: 'outage' });
  const ask = world.as({ own: accountOf(subject) });
  const answer = await ask('shop', ORDER, { id: subject.order!.id });
  expect(answer).toMatchObject({ data: { order: { id: subject.order!.id } } });
  expect(answer.errors).toBeUndefined();
  const hidden = stable(await ask('shop', ORDER, { id: stranger.order!.id }));
  expect(hidden).toMatchObject({ data: { order: null }, errors: [{ code: 'UPSTREAM_UNAVAILABLE' }] });
  expect(stable(await ask('shop', ORDER, { id: absentSubject().order!.id }))).toEqual(hidden);
  const customer = stable(await ask('identity', CUSTOMER, { id: accountOf(stranger) }));
  expect(customer).toMatchObject({ data: { customer: null }, errors: [{ code: 'UPSTREAM_UNAVAILABLE' }] });
  expect(stable(await ask('identity', CUSTOMER, { id: absentSubject().id }))).toEqual(customer);
}, 60_000);

test('an owner’s rows can’t be told while the CRM is down: an error, and never nothing', async () => {
  const { world, subject, stranger } = await startCold();
  await using _ = world;
  world.sandbox.control.set('hubspot', { mode: 'outage' });
  const ask = world.as({ owner: subject.owners });
  const answers = await Promise.all([
    ...[subject, stranger, absentSubject()].map(({ order }) => ask('shop', ORDER, { id: order!.id })),
    ...[subject, stranger, absentSubject()].map(({ invoice }) => ask('accounting', INVOICE, { id: invoice!.id })),
  ]);
  for (const answer of answers) {
    expect(Object.values(answer.data!)).toEqual([null]);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', source: 'hubspot' } }]);
  }
}, 60_000);

test('whoever sees everything, or nothing, is answered as ever', async () => {
  const { world, subject } = await startCold();
  await using _ = world;
  world.sandbox.control.set('hubspot', { mode: 'outage' });
  const id = subject.order!.id;
  expect(await world.as('all')('shop', ORDER, { id })).toMatchObject({ data: { order: { id } } });
  expect(await world.as('none')('shop', ORDER, { id })).toEqual({ data: { order: null } });
}, 60_000);

import { expect, test } from '@jest/globals';
import { createLogger } from '../../common/log.ts';
import { connectRedis } from '../../common/redis.ts';
import { createMemoryWriteMemory, createRedisWriteMemory } from '../../subgraphs/shared/write-memory.ts';
import { startRedis } from '../setup/redis.ts';
import { ageless, type RowsWorld, startRows } from './rows-fixture.ts';
import { rulesAbout } from './rows-rules.ts';
import { absentSubject, readSubjects, type Subject, stable } from './rows-subjects.ts';

const ADD = `mutation ($customerId: ID!, $text: String!, $idempotencyKey: String!) {
  addCustomerNote(customerId: $customerId, text: $text, idempotencyKey: $idempotencyKey) { id type body at source { remoteId } }
}`;

interface Note {
  id: string;
  type: string;
  body: string;
}

async function start(): Promise<{ world: RowsWorld; subject: Subject } & AsyncDisposable> {
  const world = await startRows();
  // Somebody whose notes nobody has to read to look for ours.
  const [subject] = await readSubjects(world, { limit: 1, isWanted: (id) => notesAt(world, id) === 0 });
  return { world, subject: subject!, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

/** How many notes the CRM has on a record. */
function notesAt({ dataset }: RowsWorld, reference: string): number {
  const [, type, id] = reference.split(':');
  return dataset.hubspot.associations.of(type === 'company' ? 'companies' : 'contacts', Number(id), 'notes').length;
}

function add(world: RowsWorld, rows: unknown, variables: Record<string, string>, clientId = 'client') {
  return world.as(rows, { clientId })('crm', ADD, variables);
}

test('writes a note on the customer’s strongest record, whatever reference names the customer, and lists it at once', async () => {
  await using started = await start();
  const { world, subject } = started;
  const list = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { activities(types: [NOTE]) { nodes { id body } } } } }`;
  const read = async () => {
    const { data } = await world.as('all')('crm', list, { of: [{ __typename: 'Customer', records: subject.records }] });
    return (data!._entities as { activities: { nodes: Note[] } }[])[0]!.activities.nodes;
  };
  const before = await read();
  const text = 'Dzwonił <Jan> & prosi\no rabat';
  const { data, errors } = await add(
    world,
    { own: subject.references.at(-1) },
    {
      customerId: subject.references.at(-1)!,
      text,
      idempotencyKey: 'k-1',
    },
  );
  expect(errors).toBeUndefined();
  const note = data!.addCustomerNote as Note;
  expect(note).toMatchObject({ id: expect.stringMatching(/^hubspot:note:\d+$/), type: 'NOTE', body: text });
  expect(notesAt(world, subject.references[0]!)).toBe(1);
  expect(await read()).toEqual(
    [...before, { id: note.id, body: text }].sort((a, b) => (a.id === note.id ? -1 : b.id === note.id ? 1 : 0)),
  );
});

test('the same key writes once: the same content is answered the same note, other content refused; keys are each client’s own', async () => {
  await using started = await start();
  const { world, subject } = started;
  const [record = ''] = subject.references;
  const variables = { customerId: record, text: 'Prosi o rabat', idempotencyKey: 'k-1' };
  const first = await add(world, 'all', variables);
  expect(ageless(await add(world, 'all', variables))).toEqual(ageless(first));
  const conflict = { data: { addCustomerNote: null }, errors: [{ extensions: { code: 'CONFLICT' } }] };
  expect(await add(world, 'all', { ...variables, text: 'Nie prosi o rabat' })).toMatchObject(conflict);
  expect(await add(world, 'all', { ...variables, customerId: subject.references.at(-1)! })).toMatchObject(conflict);
  expect(notesAt(world, record)).toBe(1);
  const other = await add(world, 'all', variables, 'another client');
  expect((other.data!.addCustomerNote as Note).id).not.toBe((first.data!.addCustomerNote as Note).id);
  expect(notesAt(world, record)).toBe(2);
});

test('of calls at the same time with one key one writes', async () => {
  await using started = await start();
  const { world, subject } = started;
  const variables = { customerId: subject.id, text: 'Prosi o rabat', idempotencyKey: 'k-1' };
  // Slow enough that all are under way at once on a busy machine too.
  world.sandbox.control.set('hubspot', { latencyMs: 1500, path: '/crm/v3/objects/notes' });
  const answers = await Promise.all(Array.from({ length: 5 }, () => add(world, 'all', variables)));
  const codes = answers.map(({ errors }) => errors?.[0]?.extensions?.code ?? 'written');
  expect(codes.toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT', 'written']);
  expect(notesAt(world, subject.references[0]!)).toBe(1);
});

test('a call whose end is not known is never repeated by itself, and the next one finds what it wrote', async () => {
  await using started = await start();
  const { world, subject } = started;
  const [record = ''] = subject.references;
  const variables = { customerId: record, text: 'Prosi o rabat', idempotencyKey: 'k-1' };
  world.sandbox.control.resetCalls();
  // HubSpot writes, and its answer is lost.
  world.sandbox.control.set('hubspot', { mode: 'truncated', path: '/crm/v3/objects/notes', times: 1 });
  const lost = await add(world, 'all', variables);
  expect(lost).toMatchObject({
    data: { addCustomerNote: null },
    errors: [{ extensions: { code: 'UPSTREAM_BAD_RESPONSE' } }],
  });
  const writes = () => world.sandbox.control.calls().hubspot.byRoute['POST /crm/v3/objects/notes'];
  expect([writes(), notesAt(world, record)]).toEqual([1, 1]);
  const again = await add(world, 'all', variables);
  expect(again).toMatchObject({ data: { addCustomerNote: { body: 'Prosi o rabat' } } });
  expect([writes(), notesAt(world, record)]).toEqual([1, 1]);
});

test('also where nobody remembers the key any more', async () => {
  await using started = await start();
  const { world, subject } = started;
  const [record = ''] = subject.references;
  const variables = { customerId: record, text: 'Prosi o rabat', idempotencyKey: 'k-1' };
  const first = await add(world, 'all', variables);
  await using restarted = await startRows((dataset) => copyNotes(world, dataset));
  const again = await add(restarted, 'all', variables);
  expect((again.data!.addCustomerNote as Note).id).toBe((first.data!.addCustomerNote as Note).id);
  expect(await add(restarted, 'all', { ...variables, idempotencyKey: 'k-2' })).toMatchObject({
    data: { addCustomerNote: {} },
  });
  expect(notesAt(restarted, record)).toBe(2);
});

/** The same portal, behind a process that was started anew. */
function copyNotes({ dataset: from }: RowsWorld, { hubspot }: RowsWorld['dataset']): void {
  for (const [id, note] of from.hubspot.notes) {
    if (hubspot.notes.has(id)) continue;
    hubspot.notes.set(hubspot.nextId(), note);
    for (const to of ['companies', 'contacts'] as const) {
      for (const other of from.hubspot.associations.of('notes', id, to))
        hubspot.associations.link('notes', id, to, other);
    }
  }
}

test('a refused call leaves the key free', async () => {
  await using started = await start();
  const { world, subject } = started;
  const variables = { customerId: subject.id, text: 'Prosi o rabat', idempotencyKey: 'k-1' };
  world.sandbox.control.set('hubspot', { errorRate: 1, errorStatus: 403, path: '/crm/v3/objects/notes', times: 1 });
  expect(await add(world, 'all', variables)).toMatchObject({ errors: [{ extensions: { code: 'UPSTREAM_AUTH' } }] });
  const other = { ...variables, text: 'Nie prosi o rabat' };
  expect(await add(world, 'all', other)).toMatchObject({ data: { addCustomerNote: { body: 'Nie prosi o rabat' } } });
});

test('under every kind of rule: on somebody who may not be seen nothing is written, as on nobody', async () => {
  await using started = await start();
  const { world, subject } = started;
  const [record = ''] = subject.references;
  let key = 0;
  const write = async (rows: unknown, one: Subject) => {
    key += 1;
    return stable(await add(world, rows, { customerId: one.id, text: 'Prosi o rabat', idempotencyKey: `k-${key}` }));
  };
  const unknown = {
    data: { addCustomerNote: null },
    errors: [{ code: 'BAD_USER_INPUT', message: 'There is no such customer' }],
  };
  for (const { allowing, denying, hasChannels } of rulesAbout(world, subject)) {
    const before = notesAt(world, record);
    expect(await write(denying, subject)).toEqual(unknown);
    expect(await write(denying, absentSubject())).toEqual(unknown);
    expect(notesAt(world, record)).toBe(before);
    if (hasChannels) expect(await write(allowing, subject)).toEqual(unknown);
    else expect(await write(allowing, subject)).toMatchObject({ errors: null });
    expect(notesAt(world, record)).toBe(before + (hasChannels ? 0 : 1));
  }
}, 60_000);

test('nothing of the text is logged, whatever becomes of the call', async () => {
  const lines: string[] = [];
  const log = createLogger({ level: 'trace', name: 'test', destination: { write: (line) => void lines.push(line) } });
  await using world = await startRows(() => {}, log);
  const [subject] = await readSubjects(world, { limit: 1, isWanted: (id) => notesAt(world, id) === 0 });
  const variables = { customerId: subject!.id, text: 'KANAREK w notatce', idempotencyKey: 'KANAREK-1' };
  const faults = { path: '/crm/v3/objects/notes', times: null };
  for (const mode of ['truncated', 'wrong-shape', 'outage', 'html'] as const) {
    world.sandbox.control.set('hubspot', { ...faults, mode });
    expect((await add(world, 'all', variables)).errors).toHaveLength(1);
  }
  world.sandbox.control.set('hubspot', { ...faults, mode: 'none', errorRate: 1, errorStatus: 400 });
  expect((await add(world, 'all', variables)).errors).toHaveLength(1);
  world.sandbox.control.reset('hubspot');
  expect((await add(world, 'all', { ...variables, text: 'KANAREK '.repeat(3000) })).errors).toHaveLength(1);
  expect((await add(world, 'all', variables)).errors).toBeUndefined();
  expect((await add(world, 'all', { ...variables, text: 'Inny KANAREK' })).errors).toHaveLength(1);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => line.includes('KANAREK'))).toEqual([]);
});

test('says what is wrong with the arguments, and with a customer whom the CRM does not have', async () => {
  await using started = await start();
  const { world, subject } = started;
  const variables = { customerId: subject.id, text: 'Prosi o rabat', idempotencyKey: 'k-1' };
  const onlyShop = world.dataset.truth().customers.find(({ references }) => references[0]?.startsWith('woo:'))!;
  for (const change of [
    { text: ' \n ' },
    { text: 'a'.repeat(20_001) },
    { idempotencyKey: '' },
    { idempotencyKey: 'k'.repeat(201) },
    { customerId: onlyShop.id },
  ]) {
    expect(await add(world, 'all', { ...variables, ...change })).toMatchObject({
      data: { addCustomerNote: null },
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  }
});

test.each(['memory', 'redis'] as const)(
  'in %s a key is one call’s, then its result’s, and free after a refusal',
  async (kind) => {
    await using stack = new AsyncDisposableStack();
    const connect = async () => {
      const redis = stack.use(await startRedis());
      const connection = stack.use(connectRedis({ url: redis.url, name: 'test', timeoutMs: 1000 }));
      await connection.untilReady(5000);
      return { redis, memory: createRedisWriteMemory(connection) };
    };
    const { memory, redis } = kind === 'memory' ? { memory: createMemoryWriteMemory(), redis: null } : await connect();
    expect(await memory.begin('k', 'a')).toEqual({ state: 'taken' });
    expect(await memory.begin('k', 'a')).toEqual({ state: 'busy' });
    expect(await memory.begin('k', 'b')).toEqual({ state: 'other' });
    await memory.release('k', false);
    expect(await memory.begin('k', 'b')).toEqual({ state: 'other' });
    expect(await memory.begin('k', 'a')).toEqual({ state: 'taken' });
    await memory.release('k', true);
    expect(await memory.begin('k', 'b')).toEqual({ state: 'taken' });
    await memory.finish('k', 'b', 'hubspot:note:1');
    expect(await memory.begin('k', 'b')).toEqual({ state: 'done', result: 'hubspot:note:1' });
    expect(await memory.begin('k', 'a')).toEqual({ state: 'other' });
    // What this process knows stands in for a Redis that is away.
    await redis?.stop();
    expect(await memory.begin('k', 'b')).toEqual({ state: 'done', result: 'hubspot:note:1' });
  },
);

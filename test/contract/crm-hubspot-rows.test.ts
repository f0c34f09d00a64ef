import { expect, test } from '@jest/globals';
import { callContext, company } from './crm-contract.ts';
import { sendJson, startFakeHubspot, startHubspot } from './crm-hubspot-fixture.ts';

test('a team is its people, who are read once', async () => {
  await using crm = await startHubspot();
  const owned = await crm.source.owned(['hubspot:team:1', 'hubspot:team:7'], callContext());
  expect(owned).toEqual({ people: ['hubspot:owner:9'], references: ['hubspot:company:77'] });
  expect(crm.routes()).toEqual([
    'GET /crm/v3/owners',
    'POST /crm/v3/objects/companies/search',
    'POST /crm/v3/objects/contacts/search',
  ]);
  await crm.source.owned(['hubspot:team:1'], callContext());
  expect(crm.sent).toHaveLength(3);
});

test('who looks after more than can be listed is said to have too many, after one search of a type', async () => {
  await using crm = await startFakeHubspot((_request, response) =>
    sendJson(response, 200, { total: 1001, results: [] }),
  );
  const owned = await crm.source.owned(['hubspot:owner:9'], callContext());
  expect(owned).toEqual({ people: ['hubspot:owner:9'], references: null });
  expect(crm.sent).toHaveLength(2);
});

test('a note is looked for among the newest of the record, past the cache, before it is written', async () => {
  await using crm = await startHubspot();
  const note = { record: company('77'), text: 'Prosi o rabat', key: 'k'.repeat(22) };
  const looking = ['POST /crm/v4/associations/companies/notes/batch/read', 'POST /crm/v3/objects/notes/batch/read'];
  await crm.source.addNote(note, callContext());
  expect(crm.routes()).toEqual([...looking, 'POST /crm/v3/objects/notes']);
  expect(crm.sent.at(-1)!.body).toEqual({
    properties: {
      hs_timestamp: '2026-11-02T09:00:00.000Z',
      hs_note_body: `<p>Prosi o rabat</p><p>[jeden ${note.key}]</p>`,
    },
    associations: [{ to: { id: '77' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }] }],
  });
  await crm.source.addNote(note, callContext());
  expect(crm.routes()).toEqual([...looking, 'POST /crm/v3/objects/notes', ...looking]);
});

test('a note that HubSpot writes otherwise than it was sent is known again', async () => {
  const key = 'k'.repeat(22);
  await using crm = await startFakeHubspot(({ url = '' }, response) => {
    if (url.includes('associations')) {
      const to = [{ toObjectId: 5, associationTypes: [{ typeId: 190 }] }];
      return sendJson(response, 200, { results: [{ from: { id: '77' }, to }] });
    }
    const hs_note_body = `<div style="" dir="auto"><p>Prosi &amp; czeka<br>\n</p><p>[jeden ${key}]</p></div>`;
    const times = { createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' };
    return sendJson(response, 200, { results: [{ id: '5', properties: { hs_note_body }, ...times, archived: false }] });
  });
  const note = await crm.source.addNote({ record: company('77'), text: 'Prosi & czeka', key }, callContext());
  expect(note).toMatchObject({ id: 'hubspot:note:5', body: 'Prosi & czeka' });
  expect(crm.sent).toHaveLength(2);
});

test('a write whose connection breaks is not repeated', async () => {
  await using crm = await startFakeHubspot(({ url = '' }, response) => {
    if (url.includes('associations')) sendJson(response, 200, { results: [] });
    else response.destroy();
  });
  const note = { record: company('77'), text: 'Prosi o rabat', key: 'k'.repeat(22) };
  await expect(crm.source.addNote(note, callContext())).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(crm.sent.map(({ route }) => route)).toEqual([
    'POST /crm/v4/associations/companies/notes/batch/read',
    'POST /crm/v3/objects/notes',
  ]);
});

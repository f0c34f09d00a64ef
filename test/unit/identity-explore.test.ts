import { expect, test } from '@jest/globals';
import { createDirectory } from '../../subgraphs/identity/domains.ts';
import type { Party } from '../../subgraphs/shared/party.ts';
import { createWorld, party, startRequest } from './identity-world.ts';

test('one call a domain in each round, whatever number of customers it is for', async () => {
  const people = Array.from({ length: 50 }, (_, index) => ({ emails: [`klient${index}@dom.pl`] }));
  const accounts = people.map((facts, index) => party('CUSTOMER', index, facts));
  const world = createWorld([...accounts, ...people.map((facts, index) => party('CONTACT', index, facts))]);
  const request = startRequest(world.ports);
  const customers = await Promise.all(accounts.map(({ reference }) => request.byReference(reference)));
  expect(customers.map((customer) => customer?.id)).toEqual(people.map((_, index) => `hubspot:contact:${index}`));
  expect(world.calls.map(({ domain, identifiers }) => `${domain} ${identifiers.length}`)).toEqual([
    ...['crm 50', 'accounting 50', 'shop 50'],
    ...['crm 100', 'accounting 100', 'shop 50'],
    ...['crm 50', 'accounting 50'],
  ]);
});

test('a domain is asked for nothing that it cannot look up, and for no source that is another’s', async () => {
  const facts = { emails: ['a@dom.pl'], phones: ['+48600100200'], nip: '5252445767', legalName: 'Palarnia' };
  const company = party('COMPANY', 1, { ...facts, externalReferences: ['woo:customer:2'] });
  const world = createWorld([company, party('CUSTOMER', 2, facts), party('CLIENT', 3, facts)]);
  const directory = createDirectory();
  await startRequest(world.ports, { directory }).byReference('woo:customer:2');
  world.calls.length = 0;
  await startRequest(world.ports, { directory }).byReference('hubspot:company:1');
  const kindsOf = (domain: string) =>
    new Set(
      world.calls
        .filter((call) => call.domain === domain)
        .flatMap(({ identifiers }) => identifiers.map(({ kind }) => kind)),
    );
  expect(kindsOf('crm')).toEqual(new Set(['REFERENCE', 'EMAIL', 'PHONE', 'TAX_ID', 'EXTERNAL_ID']));
  expect(kindsOf('accounting')).toEqual(new Set(['EMAIL', 'TAX_ID', 'EXTERNAL_ID']));
  expect(kindsOf('shop')).toEqual(new Set(['REFERENCE', 'EMAIL', 'COMPANY_NAME']));
});

test('a mailbox of many firms is looked at once and not followed', async () => {
  const nips = ['5252445767', '1060000062'];
  const clients = Array.from({ length: 40 }, (_, index) =>
    party('CLIENT', index, { emails: ['biuro@rachunki.pl', `firma${index}@firma.pl`], nip: nips[index % 2]! }),
  );
  const world = createWorld(clients);
  await startRequest(world.ports).byReference('fakturownia:client:0');
  const asked = world.calls.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
  // Client 2 has the same tax id as client 0; client 1 has another.
  expect(asked).toContain('firma2@firma.pl');
  expect(asked).not.toContain('firma1@firma.pl');
});

test('above the limits the answer says that it is incomplete, and guesses nothing', async () => {
  const chain = Array.from({ length: 10 }, (_, index) =>
    party('CONTACT', index, { emails: [`a${index}@dom.pl`, `a${index + 1}@dom.pl`] }),
  );
  const { ports } = createWorld(chain);
  const resolve = (limits: { maxRecords?: number; maxRounds?: number }) =>
    startRequest(ports, { limits }).byReference('hubspot:contact:4');
  expect(await resolve({})).toMatchObject({ incomplete: false, records: { length: 10 } });
  const gaps = ['crm', 'accounting', 'shop'].map((source) => ({ source, code: 'OPERATION_TOO_LARGE' }));
  const alone = { id: 'hubspot:contact:4', incomplete: true, unavailable: [], gaps, records: [{}] };
  expect(await resolve({ maxRecords: 5 })).toMatchObject(alone);
  expect(await resolve({ maxRounds: 3 })).toMatchObject(alone);
});

test('a firm finds its account by its name, or by the orders on its invoices, and is linked by the tax id alone', async () => {
  const firm = { legalName: 'Lux-Went Sp. z o.o.', nip: '5252445767' };
  const client = party('CLIENT', 1, { ...firm, emails: ['biuro@lux.pl'] });
  const byName = party('CUSTOMER', 2, { ...firm, legalName: 'LUX-WENT Spółka z o.o.', companyName: 'lux-went' });
  const stranger = party('CUSTOMER', 3, { legalName: 'Lux-Went Serwis', nip: '1060000062', companyName: 'lux-went' });
  const renamed = party('CUSTOMER', 4, { ...firm, legalName: 'LW', orderNumbers: ['Z-4'] });
  expect(await ids([client, byName, stranger])).toEqual([
    'fakturownia:client:1',
    'fakturownia:client:1',
    'woo:customer:3',
  ]);
  const invoiced = { orders: { 'fakturownia:client:1': ['Z-9', 'Z-4'] } };
  expect(await ids([client, renamed], invoiced)).toEqual(['fakturownia:client:1', 'fakturownia:client:1']);
  expect(await ids([client, renamed])).toEqual(['fakturownia:client:1', 'woo:customer:4']);
});

async function ids(parties: readonly Party[], options = {}): Promise<(string | undefined)[]> {
  const { ports } = createWorld(parties, options);
  const starts = parties.map(({ reference }) => startRequest(ports).byReference(reference));
  return (await Promise.all(starts)).map((customer) => customer?.id);
}

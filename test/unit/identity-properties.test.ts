import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DOMAINS } from '../../subgraphs/identity/domains.ts';
import { toOperatorLinks } from '../../subgraphs/identity/links-file.ts';
import type { Party } from '../../subgraphs/shared/party.ts';
import {
  createWorld,
  party,
  type RecordFacts,
  resolveEach,
  startRequest,
  textOf,
  type World,
} from './identity-world.ts';

/** Few values, so that records meet: in good ways and in bad ones. */
const emails = fc.subarray(['anna@dom.pl', 'jan@dom.pl', 'biuro@firma.pl', 'login@dom.pl', 'brak@brak.pl'], {
  maxLength: 2,
});
const facts: fc.Arbitrary<RecordFacts> = fc.record(
  {
    firstName: fc.constantFrom('Anna', 'Jan'),
    lastName: fc.constantFrom('Nowak', 'Lis'),
    emails,
    phones: fc.subarray(['+48600100200', '+48600100201'], { maxLength: 1 }),
    isFoundByPhone: fc.boolean(),
    nip: fc.constantFrom('5252445767', '1060000062'),
    unit: fc.constantFrom('12345', '23456'),
    unitKnown: fc.boolean(),
    isRetail: fc.constantFrom(false, false, false, false, true),
    legalName: fc.constantFrom('Palarnia Sp. z o.o.', 'Hurtownia'),
    companyName: fc.constantFrom('palarnia', 'hurtownia'),
    orderNumbers: fc.subarray(['1', '2'], { maxLength: 1 }),
    createdAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'),
  },
  { requiredKeys: [] },
);
const recordTypes = ['COMPANY', 'CONTACT', 'CLIENT', 'CUSTOMER', 'GUEST'] as const;

/** Numbers that point at other records of the world, as far as it has so many. */
const pointers = fc.array(fc.nat(9), { maxLength: 2 });

interface Draft {
  recordType: Party['recordType'];
  facts: RecordFacts;
  pointers: number[];
  hidden: number;
}

const drafts: fc.Arbitrary<Draft[]> = fc.array(
  fc.record({ recordType: fc.constantFrom(...recordTypes), facts, pointers, hidden: fc.nat(2) }),
  { minLength: 1, maxLength: 9 },
);
const worlds = drafts.map(toWorld);

/** Records with what a system of their type would tell: CRM and accounting point at others, contacts have a company. */
function toWorld(list: readonly Draft[]): Party[] {
  const bare = list.map(({ recordType }, index) => party(recordType, index));
  const associations = new Map<string, string[]>(bare.map(({ reference }) => [reference, []]));
  const companies = bare.filter(({ recordType }) => recordType === 'COMPANY');
  for (const [index, { recordType, pointers: numbers }] of list.entries()) {
    const [at] = numbers;
    const company = at === undefined ? undefined : companies[at % Math.max(companies.length, 1)];
    if (recordType !== 'CONTACT' || !company) continue;
    associations.get(bare[index]!.reference)!.push(company.reference);
    associations.get(company.reference)!.push(bare[index]!.reference);
  }
  return list.map(({ recordType, facts: own, pointers: [, ...others], hidden }, index) => {
    const canPoint = recordType !== 'GUEST' && recordType !== 'CUSTOMER';
    const targets = others.map((at) => bare[at]).filter((one) => one && one.reference !== bare[index]!.reference);
    return party(recordType, index, {
      ...own,
      // Only shops are searched by these.
      ...(canPoint ? { companyName: undefined, orderNumbers: undefined } : {}),
      // A shop finds an account by its login alone.
      findableEmails: own.emails?.slice(hidden === 0 ? 1 : 0),
      externalReferences: canPoint ? targets.map((one) => one!.reference) : [],
      associations: associations.get(bare[index]!.reference)!,
    });
  });
}

/** Each client's invoices name one of two orders. */
function worldOf(parties: readonly Party[]): World {
  const clients = parties.filter(({ recordType }) => recordType === 'CLIENT');
  const orders = clients.map(({ reference }) => [reference, [/[02468]$/.test(reference) ? '1' : '2']]);
  return createWorld(parties, { orders: Object.fromEntries(orders) });
}

const runs = { numRuns: 200 };

test('every record of a customer leads to the same id and the same records', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (parties) => {
      const results = await resolveEach(worldOf(parties), parties);
      for (const [reference, customer] of results) {
        if (customer === 'nobody') continue;
        const members = customer.split(' = ')[1]!.split(' ');
        expect(members).toContain(reference);
        for (const member of members) expect(results.get(member)).toBe(customer);
      }
    }),
    runs,
  );
});

test('asked together or alone, in whatever order the systems answer, the customers are the same', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, fc.infiniteStream(fc.nat()), async (parties, numbers) => {
      const shuffled = parties.map((one) => ({ one, at: numbers.next().value as number }));
      shuffled.sort((left, right) => left.at - right.at);
      const request = startRequest(worldOf(shuffled.map(({ one }) => one)).ports);
      const together = await Promise.all(parties.map(({ reference }) => request.byReference(reference)));
      expect(together.map(textOf)).toEqual([...(await resolveEach(worldOf(parties), parties)).values()]);
    }),
    runs,
  );
});

test('a forbidden link is never made, a forced one always', async () => {
  const pair = fc.tuple(fc.nat(8), fc.nat(8));
  await fc.assert(
    fc.asyncProperty(worlds, pair, fc.boolean(), async (parties, [left, right], isForced) => {
      const [a, b] = [parties[left % parties.length]!, parties[right % parties.length]!];
      fc.pre(a !== b);
      const pairs = [[a.reference, b.reference]];
      const links = toOperatorLinks(isForced ? { link: pairs } : { forbid: pairs });
      const results = await resolveEach(worldOf(parties), parties, links);
      const ofA = results.get(a.reference)!;
      const isJoined = ofA !== 'nobody' && ofA === results.get(b.reference);
      if (!(a.isRetail || b.isRetail)) expect(isJoined).toBe(isForced);
    }),
    runs,
  );
});

test("no customer has two strangers: other tax ids, other units, a consumer on a company's mailbox", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (parties) => {
      const byReference = new Map(parties.map((one) => [one.reference, one]));
      for (const customer of new Set((await resolveEach(worldOf(parties), parties)).values())) {
        if (customer === 'nobody') continue;
        const records = customer
          .split(' = ')[1]!
          .split(' ')
          .map((reference) => byReference.get(reference)!);
        const taxed = records.filter(({ taxIdentifiers }) => taxIdentifiers.length > 0);
        expect(new Set(taxed.map(({ taxIdentifiers }) => taxIdentifiers[0]!.value)).size).toBeLessThan(2);
        const units = taxed.filter(({ unitKnown }) => unitKnown).map(({ taxIdentifiers }) => taxIdentifiers[0]!.unit);
        expect(new Set(units).size).toBeLessThan(2);
        expect(records.length === 1 || !records.some(({ isRetail }) => isRetail)).toBe(true);
      }
    }),
    runs,
  );
});

test('with a source missing nothing is linked by mailbox or telephone, and no unit is guessed', async () => {
  const domains = fc.constantFrom(...DOMAINS);
  await fc.assert(
    fc.asyncProperty(worlds, domains, async (parties, domain) => {
      const world = worldOf(parties);
      world.down.add(domain);
      for (const { reference } of parties) {
        const customer = await startRequest(world.ports).byReference(reference).catch(expectUpstreamError);
        if (!customer?.incomplete) continue;
        expect(customer.unavailable).toEqual([{ source: domain, code: 'UPSTREAM_UNAVAILABLE' }]);
        for (const { rule, from, to } of customer.links) {
          expect(['EXTERNAL_ID', 'CRM_ASSOCIATION', 'TAX_ID']).toContain(rule);
          const ends = parties.filter((one) => one.reference === from || one.reference === to);
          if (rule === 'TAX_ID') expect(ends.every(({ unitKnown }) => unitKnown)).toBe(true);
        }
      }
    }),
    runs,
  );
});

function expectUpstreamError(error: unknown): null {
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  return null;
}

import { expect, test } from '@jest/globals';
import { parseRowRules } from '../../common/row-rules.ts';
import { createDataset } from '../../sandbox/data/dataset.ts';
import { sandboxPeople } from '../../sandbox/people.ts';

const asOf = new Date('2026-11-02T09:00:00Z');
const idOf = (reference: string) => Number(reference.split(':')[2]);

test("the sandbox's clients are about people of the sandbox, the same ones for the same data", () => {
  const dataset = createDataset({ asOf, customers: 200 });
  const people = sandboxPeople(dataset);
  const { hubspot, woo, fakturownia } = dataset;
  const shopper = woo.customers.get(idOf(people.shopper));
  expect(shopper).toMatchObject({ nip: null });
  const contacts = [...hubspot.contacts.values()].map(({ email }) => email);
  expect(contacts).toContain(shopper!.email.toLowerCase());
  expect(fakturownia.clientsByEmail.has(shopper!.email.toLowerCase())).toBe(true);
  expect(people.partnerCustomers).toHaveLength(10);
  expect(people.partnerCustomers.every((reference) => hubspot.companies.has(idOf(reference)))).toBe(true);
  const teams = people.salesTeam.map((reference) => hubspot.owners.get(idOf(reference))?.team);
  expect(new Set(teams).size).toBe(1);
  expect(sandboxPeople(createDataset({ asOf, customers: 200 }))).toEqual(people);
  const { shopper: own, partnerCustomers: customers, salesTeam: owner } = people;
  expect(parseRowRules({ own, customers, owner })).toMatchObject({ kind: 'restricted' });
});

import { expect, test } from '@jest/globals';
import { createIdentity } from '../unit/identity-world.ts';
import { palarniaDataset } from './identity-company.ts';
import { startStack } from './identity-stack.ts';
import { addContact, address, addShopCustomer } from './sandbox-fixture.ts';

test('a cold company with a contact, an account, a guest and a client takes three rounds, and these calls', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  const { data } = await createIdentity(stack.ports).ask('{ customerByEmail(email: "anna@palarnia.pl") { id } }');
  expect(data).toEqual({ customerByEmail: { id: 'hubspot:company:77' } });
  expect(stack.takeAsked()).toEqual([
    // The mailbox.
    ...['crm 1', 'accounting 1', 'shop 1'],
    // What its records hold: the telephone, the company, the guest's tax id, who points at them, the firm's name.
    ...['crm 6', 'accounting 4', 'shop 1'],
    // What the company and the client hold: the accountant's mailbox, who points at them.
    ...['crm 4', 'accounting 3', 'shop 1'],
  ]);
  expect(stack.takeCalls()).toEqual({ hubspot: 8, woo: 5, fakturownia: 5 });
});

test('a person with an account takes two rounds', async () => {
  await using stack = await startStack({ dataset: palarniaDataset() });
  await createIdentity(stack.ports).ask('{ customerByEmail(email: "ewa@dom.pl") { id } }');
  expect(stack.takeAsked()).toEqual([...['crm 1', 'accounting 1', 'shop 1'], ...['crm 2', 'accounting 1']]);
  expect(stack.takeCalls()).toEqual({ hubspot: 3, woo: 2, fakturownia: 1 });
});

test('fifty people take as many rounds as one, and only the calls that the vendors cannot batch', async () => {
  const dataset = palarniaDataset();
  for (let id = 100; id < 150; id += 1) {
    const billing = address({ email: `klient${id}@dom.pl`, firstName: 'Jan', lastName: 'Kowal', phone: '' });
    addShopCustomer(dataset.woo, id, { email: billing.email, firstName: 'Jan', lastName: 'Kowal', billing });
    addContact(dataset.hubspot, id, { email: billing.email, firstName: 'Jan', lastName: 'Kowal' });
  }
  await using stack = await startStack({ dataset });
  const fields = Array.from(
    { length: 50 },
    (_, index) => `c${index}: customer(id: "woo:customer:${index + 100}") { id }`,
  );
  const { data } = await createIdentity(stack.ports).ask(`{ ${fields.join('\n')} }`);
  expect(data).toMatchObject({ c0: { id: 'hubspot:contact:100' }, c49: { id: 'hubspot:contact:149' } });
  expect(stack.takeCalls()).toMatchObject({
    // A batch of e-mails, one of associations, searches for who points at the accounts and the contacts.
    hubspot: 4,
    // A batch of accounts; for each mailbox one call for accounts and one for guests.
    woo: 1 + 2 * 50,
    // For each mailbox one call, for each account one for the client that points at it.
    fakturownia: 2 * 50,
  });
});

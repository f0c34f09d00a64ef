import { expect, test } from '@jest/globals';
import type { CrmSource, RecordRef } from '../../subgraphs/crm/source.ts';
import type { Identifier } from '../../subgraphs/shared/party.ts';
import type { CallContext } from '../../subgraphs/shared/upstream/context.ts';

/**
 * A CRM with: the company Palarnia (NIP 525-244-57-67, shop customer `woo:customer:12`, owner Olga Opiekun) and its
 * contacts Anna (two e-mail addresses, telephone 600 100 200, merged from an earlier record) and Jan; the sole trader
 * Hurtownia; Ewa, without company; Piotr, at Palarnia and Hurtownia. Deals: Ekspres (won, 1500 PLN, March 2026) and
 * Młynek (open, April, also by Anna) of Palarnia, Filtry (lost, no amount) of Ewa, one of nobody. Tickets: Anna's claim
 * about order 1001, waiting for her; Palarnia's closed billing one. Activities of June 1, 2, 3: a note of Palarnia, a call
 * of Anna, an e-mail of both.
 */
export interface CrmFixture extends AsyncDisposable {
  source: CrmSource;
  /** Ids in the CRM. */
  ids: Record<'palarnia' | 'hurtownia' | 'anna' | 'jan' | 'ewa' | 'piotr' | 'annaBefore', string>;
  deals: Record<'ekspres' | 'mlynek' | 'filtry' | 'nobodys', string>;
  tickets: Record<'claim' | 'billing', string>;
  owner: string;
  /** From now on every call fails with status 503. */
  breakDown(): void;
  /** How many calls reached the CRM's server so far. */
  calls(): number;
}

/** What every CRM connector must do, whatever its vendor. */
export function testCrmContract(vendor: string, start: () => Promise<CrmFixture>): void {
  const claim = (name: string, check: (crm: CrmFixture) => Promise<void>) =>
    test(`${vendor}: ${name}`, async () => {
      await using crm = await start();
      await check(crm);
    });

  claim('answers in the order asked, null for an unknown id', async ({ source, ids }) => {
    const contacts = await source.contacts([ids.ewa, '999999', ids.anna, ids.ewa], callContext());
    expect(contacts.map((contact) => contact?.firstName ?? null)).toEqual(['Ewa', null, 'Anna', 'Ewa']);
    expect(await source.companies(['999999', 'not-an-id'], callContext())).toEqual([null, null]);
  });

  claim('reads a record once while it is fresh', async ({ source, ids, calls }) => {
    await source.contacts([ids.ewa, '999999'], callContext());
    const before = calls();
    await source.contacts([ids.ewa], callContext());
    await source.contacts(['999999'], callContext());
    await source.parties([{ kind: 'REFERENCE', value: reference(source, 'contact', '999999') }], callContext());
    expect(calls()).toBe(before);
  });

  claim('maps a company', async ({ source, ids, owner }) => {
    const [company] = await source.companies([ids.palarnia], callContext());
    expect(company).toMatchObject({
      id: reference(source, 'company', ids.palarnia),
      kind: 'COMPANY',
      name: 'Palarnia Kawy Sp. z o.o.',
      taxIdentifiers: [{ scheme: 'PL_NIP', country: 'PL', value: '5252445767', unit: null, valid: true }],
      phones: ['+48221234567'],
      addresses: [{ street: 'Nowa 44', city: 'Warszawa', postalCode: '00-001', country: 'PL' }],
      externalReferences: ['woo:customer:12', 'fakturownia:client:3'],
      ownerId: reference(source, 'owner', owner),
      lifecycleStage: 'CUSTOMER',
    });
    expect(company!.source).toMatchObject({ system: 'CRM', source: source.name, vendor: source.vendor, stale: false });
  });

  claim('an earlier id of a merged contact answers the one that is left', async ({ source, ids }) => {
    const [anna] = await source.contacts([ids.annaBefore], callContext());
    expect(anna).toMatchObject({
      id: reference(source, 'contact', ids.anna),
      aliases: [reference(source, 'contact', ids.annaBefore)],
      emails: ['anna@palarnia.pl', 'anna.nowak@dom.pl'],
    });
  });

  claim('finds parties by every identifier, and tells which found which', async ({ source, ids }) => {
    const anna = reference(source, 'contact', ids.anna);
    const palarnia = reference(source, 'company', ids.palarnia);
    const expected: [Identifier['kind'], string, string[]][] = [
      ['EMAIL', 'anna@palarnia.pl', [anna]],
      ['EMAIL', 'anna.nowak@dom.pl', [anna]],
      ['EMAIL', 'nobody@dom.pl', []],
      ['PHONE', '+48600100200', [anna]],
      ['PHONE', '+48700100200', []],
      ['TAX_ID', 'PL5252445767', [palarnia]],
      ['TAX_ID', 'PL7740001454', []],
      ['EXTERNAL_ID', 'woo:customer:12', [palarnia]],
      ['EXTERNAL_ID', 'woo:customer:13', [reference(source, 'contact', ids.ewa)]],
      ['EXTERNAL_ID', 'woo:guest:k1.abc', []],
      ['REFERENCE', reference(source, 'contact', ids.annaBefore), [anna]],
      ['REFERENCE', palarnia, [palarnia]],
      ['REFERENCE', 'woo:customer:12', []],
    ];
    const identifiers = expected.map(([kind, value]) => ({ kind, value }));
    const answer = await source.parties(identifiers, callContext());
    expect(answer.found).toEqual(expected.map(([, , found]) => found));
    expect(answer.unsupported).toEqual([]);
    const parties = answer.parties.map((party) => party.reference);
    expect(parties.sort()).toEqual([palarnia, anna, reference(source, 'contact', ids.ewa)].sort());
  });

  claim('every party is found by what it says it can be found by', async ({ source, ids }) => {
    const all = [ids.anna, ids.jan, ids.ewa, ids.piotr].map((id) => reference(source, 'contact', id));
    const companies = [ids.palarnia, ids.hurtownia].map((id) => reference(source, 'company', id));
    const asked = [...all, ...companies].map((value) => ({ kind: 'REFERENCE' as const, value }));
    const { parties } = await source.parties(asked, callContext());
    expect(parties).toHaveLength(6);
    for (const party of parties) {
      const { found } = await source.parties(party.findableBy, callContext());
      expect(found).toEqual(party.findableBy.map(() => [party.reference]));
    }
  });

  claim('associates a contact with its one company, a company with its contacts', async ({ source, ids }) => {
    const of = (type: string, id: string) => ({ kind: 'REFERENCE' as const, value: reference(source, type, id) });
    const asked = [
      of('contact', ids.jan),
      of('contact', ids.ewa),
      of('contact', ids.piotr),
      of('company', ids.palarnia),
    ];
    const { parties } = await source.parties(asked, callContext());
    const byReference = new Map(parties.map((party) => [party.reference, party]));
    const party = (type: string, id: string) => byReference.get(reference(source, type, id))!;
    expect(party('contact', ids.jan)).toMatchObject({
      kind: 'PERSON',
      recordType: 'CONTACT',
      displayName: 'Jan Kowalski',
      associations: [reference(source, 'company', ids.palarnia)],
    });
    expect(party('contact', ids.ewa).associations).toEqual([]);
    expect(party('contact', ids.piotr).associations).toEqual([]);
    const palarnia = party('company', ids.palarnia);
    expect(palarnia).toMatchObject({ kind: 'COMPANY', recordType: 'COMPANY', unitKnown: true, isRetail: false });
    expect([...palarnia.associations].sort()).toEqual(
      [ids.anna, ids.jan, ids.piotr].map((id) => reference(source, 'contact', id)).sort(),
    );
    expect(palarnia.mentions.map(({ value }) => value).sort()).toEqual([
      'anna.nowak@dom.pl',
      'anna@palarnia.pl',
      'jan@palarnia.pl',
      'piotr@biuro.pl',
    ]);
  });

  claim('a deal or a ticket stands for whom it is about', async ({ source, ids, deals, tickets }) => {
    const refs = [
      ['deal', deals.ekspres],
      ['deal', deals.filtry],
      ['deal', deals.nobodys],
      ['ticket', tickets.claim],
      ['deal', '999999'],
    ].map(([type, id]) => ({ kind: 'REFERENCE' as const, value: reference(source, type!, id!) }));
    const { found } = await source.parties(refs, callContext());
    expect(found).toEqual([
      [reference(source, 'company', ids.palarnia)],
      [reference(source, 'contact', ids.ewa)],
      [],
      [reference(source, 'contact', ids.anna)],
      [],
    ]);
  });

  claim('tells whom deals, tickets and activities are about', async ({ source, ids, deals, tickets }) => {
    const { nodes } = await activities(source, ids);
    const partiesOf = async (references: readonly string[]) =>
      Promise.all(references.map(async (one) => (await source.partiesOf(typeOf(one), [idOf(one)], callContext()))[0]));
    const palarnia = [reference(source, 'company', ids.palarnia)];
    const anna = [reference(source, 'contact', ids.anna)];
    const [email, call, note] = nodes.map(({ id }) => id);
    expect(await partiesOf([note!, call!, email!])).toEqual([palarnia, anna, palarnia]);
    const ofDeals = await source.partiesOf('deal', [deals.mlynek, deals.nobodys, deals.filtry], callContext());
    expect(ofDeals).toEqual([palarnia, [], [reference(source, 'contact', ids.ewa)]]);
    expect(await source.partiesOf('ticket', [tickets.claim], callContext())).toEqual([anna]);
    expect(await source.partiesOf('contact', [ids.anna], callContext())).toEqual([[]]);
  });

  claim('lists what somebody looks after', async ({ source, ids, owner }) => {
    const person = reference(source, 'owner', owner);
    expect(await source.owned([person], callContext())).toEqual({
      people: [person],
      references: [reference(source, 'company', ids.palarnia)],
    });
    expect(await source.owned([reference(source, 'owner', '999999')], callContext())).toMatchObject({ references: [] });
  });

  claim('writes a note once for each key, and lists it', async ({ source, ids }) => {
    const note = { record: company(ids.palarnia), text: 'Woli przelew <30 dni>', key: 'k'.repeat(22) };
    const first = await source.addNote(note, callContext());
    expect(first).toMatchObject({ type: 'NOTE', body: note.text });
    expect(await source.addNote(note, callContext())).toMatchObject({ id: first.id, body: note.text });
    const other = source.addNote({ ...note, text: 'Nie woli' }, callContext());
    await expect(other).rejects.toMatchObject({ code: 'CONFLICT' });
    const { nodes } = await activities(source, ids);
    expect(nodes.filter(({ body }) => body === note.text)).toHaveLength(1);
  });

  claim('lists the deals of all records of a customer, each once, the newest first', async ({ source, ids, deals }) => {
    const [palarnia, ewa, nobody] = await source.dealLists(
      [
        { records: [company(ids.palarnia), contact(ids.anna), contact(ids.jan)], first: 20, after: null },
        { records: [contact(ids.ewa)], first: 20, after: null },
        { records: [contact('999999')], first: 20, after: null },
      ],
      callContext(),
    );
    expect(palarnia!.items.map(({ node }) => node.source.remoteId)).toEqual([deals.mlynek, deals.ekspres]);
    expect(palarnia).toMatchObject({ hasNextPage: false, totalCount: 2 });
    expect(palarnia!.items[1]!.node).toMatchObject({
      name: 'Ekspres',
      status: 'WON',
      amount: { amount: '1500.00', currency: 'PLN' },
      createdAt: '2026-03-01T10:00:00.000Z',
    });
    expect(ewa!.items.map(({ node }) => [node.name, node.status, node.amount])).toEqual([['Filtry', 'LOST', null]]);
    expect(nobody).toEqual({ items: [], hasNextPage: false, totalCount: 0 });
  });

  claim('goes on behind the position of an item', async ({ source, ids, deals }) => {
    const request = { records: [company(ids.palarnia)], first: 1 };
    const [first] = await source.dealLists([{ ...request, after: null }], callContext());
    expect(first).toMatchObject({ hasNextPage: true, totalCount: 2 });
    const [second] = await source.dealLists([{ ...request, after: first!.items[0]!.position }], callContext());
    expect(second!.items.map(({ node }) => node.source.remoteId)).toEqual([deals.ekspres]);
    expect(second!.hasNextPage).toBe(false);
  });

  claim('pages through the contacts of a company', async ({ source, ids }) => {
    const read = async (after: string | null) => {
      const [page] = await source.contactLists([{ records: [company(ids.palarnia)], first: 2, after }], callContext());
      return page!;
    };
    const first = await read(null);
    const second = await read(first.items.at(-1)!.position);
    const seen = [...first.items, ...second.items].map(({ node }) => node.source.remoteId);
    expect(seen.sort()).toEqual([ids.anna, ids.jan, ids.piotr].sort());
    expect([first.hasNextPage, second.hasNextPage, first.totalCount]).toEqual([true, false, 3]);
  });

  claim('lists tickets with claims, by whether they are open', async ({ source, ids, tickets }) => {
    const records = [company(ids.palarnia), contact(ids.anna)];
    const [all, open, closed] = await source.ticketLists(
      [null, true, false].map((isOpen) => ({ records, first: 20, after: null, open: isOpen })),
      callContext(),
    );
    expect(all!.totalCount).toBe(2);
    expect(open!.items.map(({ node }) => node.source.remoteId)).toEqual([tickets.claim]);
    expect(open!.items[0]!.node).toMatchObject({
      kind: 'CLAIM',
      status: 'WAITING_ON_CUSTOMER',
      priority: 'HIGH',
      orderNumber: '1001',
    });
    expect(closed!.items[0]!.node).toMatchObject({
      kind: 'BILLING',
      status: 'CLOSED',
      closedAt: '2026-06-03T10:00:00.000Z',
    });
  });

  claim('lists activities of all kinds by date, without markup', async ({ source, ids }) => {
    const records = [company(ids.palarnia), contact(ids.anna)];
    const [all, calls] = await source.activityLists(
      [
        { records, first: 20, after: null, types: null },
        { records, first: 20, after: null, types: ['CALL'] },
      ],
      callContext(),
    );
    expect(all!.items.map(({ node }) => [node.type, node.body])).toEqual([
      ['EMAIL', 'Od: Jan <jan@palarnia.pl>'],
      ['CALL', null],
      ['NOTE', 'Dzwonił & pytał\no kawę'],
    ]);
    expect(calls!.items.map(({ node }) => [node.subject, node.statusRaw])).toEqual([['Oferta', 'COMPLETED']]);
  });

  claim('names employees and stages', async ({ source, owner, deals }) => {
    const employees = await source.employees([owner, '999999'], callContext());
    expect(employees).toEqual([
      { id: reference(source, 'owner', owner), name: 'Olga Opiekun', email: 'olga@jeden.test' },
      null,
    ]);
    const [deal] = await source.deals([deals.ekspres], callContext());
    const [names] = await source.stageNames([deal!.stage], callContext());
    expect(names).toEqual({ pipeline: 'Sales Pipeline', stage: 'Closed Won' });
  });

  claim('lists parties to the end, without contacts that belong to one company', async ({ source, ids }) => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await source.partyList({ search: null, first: 1, after }, callContext());
      seen.push(...page.parties.map((party) => party.reference));
      after = page.hasNextPage ? page.endCursor : null;
    } while (after !== null);
    const companies = [ids.palarnia, ids.hurtownia].map((id) => reference(source, 'company', id));
    const contacts = [ids.ewa, ids.piotr].map((id) => reference(source, 'contact', id));
    expect(seen).toEqual([...companies, ...contacts]);
  });

  claim('searches parties by a word of a name', async ({ source, ids }) => {
    const { parties } = await source.partyList({ search: 'kowalski', first: 20, after: null }, callContext());
    expect(parties.map((party) => party.reference)).toEqual([
      reference(source, 'company', ids.hurtownia),
      reference(source, 'contact', ids.jan),
    ]);
  });

  claim('a CRM that is down is an error that names it, never an empty list', async (crm) => {
    crm.breakDown();
    const { source, ids } = crm;
    const failure = {
      code: 'UPSTREAM_UNAVAILABLE',
      details: { source: source.name, vendor: source.vendor, status: 503 },
    };
    const list = source.dealLists([{ records: [company(ids.palarnia)], first: 20, after: null }], callContext());
    await expect(list).rejects.toMatchObject(failure);
    await expect(source.parties([{ kind: 'EMAIL', value: 'a@b.pl' }], callContext())).rejects.toMatchObject(failure);
    await expect(source.contacts([ids.ewa], callContext())).rejects.toMatchObject(failure);
  });
}

async function activities(source: CrmSource, ids: CrmFixture['ids']) {
  const records = [company(ids.palarnia), contact(ids.anna)];
  const request = { records, types: null, first: 20, after: null };
  const [page] = await source.activityLists([request], callContext());
  return { nodes: page!.items.map(({ node }) => node) };
}

function typeOf(reference: string): string {
  return reference.split(':')[1]!;
}

function idOf(reference: string): string {
  return reference.split(':')[2]!;
}

export function callContext(signal: AbortSignal = new AbortController().signal): CallContext {
  return { requestId: 'test', signal, notProvided: () => {} };
}

function reference(source: CrmSource, type: string, id: string): string {
  return `${source.name}:${type}:${id}`;
}

export function company(id: string): RecordRef {
  return { type: 'company', id };
}

export function contact(id: string): RecordRef {
  return { type: 'contact', id };
}

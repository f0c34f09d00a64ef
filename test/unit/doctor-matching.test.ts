import { expect, test } from '@jest/globals';
import { type SampledCustomer, summariseMatching } from '../../gateway/doctor/matching.ts';
import { pickSample } from '../../gateway/doctor/pick-sample.ts';
import { renderMatching } from '../../gateway/doctor/render-matching.ts';

type Link = SampledCustomer['links'][number];
type Member = SampledCustomer['members'][number];

function record(reference: string, recordType: Member['recordType']): Member {
  return { reference, source: reference.split(':')[0]!, recordType };
}

const FIRM = record('hubspot:company:7', 'COMPANY');
const ANNA = record('hubspot:contact:1', 'CONTACT');
const OLGA = record('hubspot:contact:2', 'CONTACT');
const CLIENT = record('fakturownia:client:5', 'CLIENT');
const COPY = record('fakturownia:client:9', 'CLIENT');
const GUEST = record('woo:guest:k1.SealedAndLong', 'GUEST');

const link = (rule: string, from: Member, to: Member): Link => ({ rule, from: from.reference, to: to.reference });

function customer(members: Member[], links: Link[], more: Partial<SampledCustomer> = {}): SampledCustomer {
  return { record: members[0]!, members, links, rejected: [], unavailable: [], ...more };
}

test('counts who is found in another system, by which rules, and who stays alone', () => {
  const links = [link('CRM_ASSOCIATION', ANNA, FIRM), link('TAX_ID', FIRM, CLIENT), link('TAX_ID', FIRM, COPY)];
  const report = summariseMatching([customer([FIRM, ANNA, CLIENT, COPY], links), customer([OLGA], [])]);
  expect(report.systems).toEqual([{ source: 'hubspot', sampled: 2, linked: 1, alone: 1 }]);
  expect(report.rules).toEqual([{ rule: 'TAX_ID', records: 1 }]);
});

test('two clients of one firm are duplicates, its colleagues are not', () => {
  const links = [link('TAX_ID', FIRM, CLIENT), link('TAX_ID', CLIENT, COPY)];
  const colleagues = [link('CRM_ASSOCIATION', ANNA, FIRM), link('CRM_ASSOCIATION', OLGA, FIRM)];
  const report = summariseMatching([customer([FIRM, ANNA, OLGA, CLIENT, COPY], [...links, ...colleagues])]);
  expect(report.duplicates).toEqual([
    { source: 'fakturownia', references: ['fakturownia:client:5', 'fakturownia:client:9'] },
  ]);
});

test('a guest who comes back is no duplicate', () => {
  const again = record('woo:guest:k1.AnotherSealedOne', 'GUEST');
  expect(summariseMatching([customer([GUEST, again], [link('EMAIL', GUEST, again)])]).duplicates).toEqual([]);
});

test('one person entered twice is a duplicate, told once however many records lead to it', () => {
  const links = [link('EMAIL', ANNA, OLGA)];
  const report = summariseMatching([customer([ANNA, OLGA], links), customer([OLGA, ANNA], links)]);
  expect(report.duplicates).toEqual([{ source: 'hubspot', references: ['hubspot:contact:1', 'hubspot:contact:2'] }]);
});

test('records kept apart are grouped by what they share, and guests are not spelt out', () => {
  const reason = 'SHARED_MAILBOX';
  const rejected = [
    { ...link('EMAIL', FIRM, GUEST), evidence: 'b***@firma.pl', reason },
    { ...link('EMAIL', ANNA, GUEST), evidence: 'b***@firma.pl', reason },
  ];
  const report = summariseMatching([customer([FIRM], [], { rejected })]);
  expect(report.ambiguous).toEqual([
    {
      rule: 'EMAIL',
      evidence: 'b***@firma.pl',
      reason,
      references: ['hubspot:company:7', 'hubspot:contact:1', 'woo:guest:…'],
    },
  ]);
  expect(renderMatching(report).join('\n')).not.toContain('Sealed');
});

test('a source that could not be asked is named once', () => {
  const unavailable = [{ source: 'woo', code: 'UPSTREAM_TIMEOUT' }];
  const report = summariseMatching([customer([FIRM], [], { unavailable }), customer([ANNA], [], { unavailable })]);
  expect(report.unavailable).toEqual(unavailable);
  expect(renderMatching(report)).toContain('    woo: UPSTREAM_TIMEOUT');
});

test('samples every kind of record, evenly over its list', () => {
  const companies = Array.from({ length: 40 }, (_, index) => record(`hubspot:company:${index}`, 'COMPANY'));
  const contacts = Array.from({ length: 3 }, (_, index) => record(`hubspot:contact:${index}`, 'CONTACT'));
  const sample = pickSample([...companies, ...contacts], 8).map(({ reference }) => reference);
  expect(sample).toEqual([
    'hubspot:company:0',
    'hubspot:company:10',
    'hubspot:company:20',
    'hubspot:company:30',
    'hubspot:contact:0',
    'hubspot:contact:1',
    'hubspot:contact:2',
  ]);
});

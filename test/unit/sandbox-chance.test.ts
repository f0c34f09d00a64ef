import { expect, test } from '@jest/globals';
import { createAssociations } from '../../sandbox/data/associations.ts';
import { createDice } from '../../sandbox/data/dice.ts';
import { createQuota } from '../../sandbox/data/quota.ts';
import { createSequence } from '../../sandbox/data/sequence.ts';
import { typeNip, typePhone, withoutMarks } from '../../sandbox/data/spelling.ts';
import { normalisePhone, parseTaxId } from '../../subgraphs/shared/normalise.ts';

test('throws the same dice for the same seed and name, other ones for others', () => {
  const throws = (seed: number, name: string) => {
    const dice = createDice(seed, name);
    return Array.from({ length: 20 }, () => dice.int(1, 1000));
  };
  expect(throws(1, 'orders')).toEqual(throws(1, 'orders'));
  expect(throws(1, 'orders')).not.toEqual(throws(2, 'orders'));
  expect(throws(1, 'orders')).not.toEqual(throws(1, 'returns'));
});

test('picks by weight', () => {
  const dice = createDice(1, 'test');
  const picks = Array.from({ length: 2000 }, () =>
    dice.weighted([
      [9, 'often'],
      [1, 'seldom'],
      [0, 'never'],
    ]),
  );
  expect(picks).not.toContain('never');
  expect(picks.filter((pick) => pick === 'seldom').length).toBeGreaterThan(100);
  expect(picks.filter((pick) => pick === 'seldom').length).toBeLessThan(300);
});

test('takes one occasion in twenty of each kind, and makes up for those that were not free', () => {
  const quota = createQuota();
  const taken = Array.from({ length: 200 }, () => quota('A')).filter(Boolean);
  expect(taken).toHaveLength(10);
  expect(Array.from({ length: 30 }, () => quota('B', false)).filter(Boolean)).toEqual([]);
  expect([quota('B'), quota('B'), quota('B')]).toEqual([true, true, false]);
});

test('numbers on with gaps', () => {
  const next = createSequence(100, 5, createDice(1, 'test'));
  const ids = Array.from({ length: 50 }, next);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  expect(ids[0]).toBeGreaterThan(100);
});

test('spells a telephone and a NIP so that they are still the same', () => {
  const dice = createDice(1, 'test');
  const typed = Array.from({ length: 100 }, () => typePhone('600100200', dice));
  expect(new Set(typed).size).toBeGreaterThan(3);
  expect(new Set(typed.map((phone) => normalisePhone(phone)))).toEqual(new Set(['+48600100200']));
  const nips = Array.from({ length: 100 }, () => typeNip('5252445767', dice));
  expect(new Set(nips).size).toBeGreaterThan(3);
  expect(new Set(nips.map((nip) => parseTaxId(nip)!.value))).toEqual(new Set(['5252445767']));
  expect(withoutMarks('Łukasz Żądło-Größe')).toBe('Lukasz Zadlo-Grosse');
});

test('keeps associations from both ends, one or many', () => {
  const { of, link, unlink } = createAssociations();
  link('contacts', 1, 'companies', 7);
  link('contacts', 2, 'companies', 7);
  link('contacts', 1, 'companies', 8);
  expect([of('contacts', 1, 'companies'), of('companies', 7, 'contacts')]).toEqual([
    [7, 8],
    [1, 2],
  ]);
  unlink('companies', 7, 'contacts', 1);
  expect([of('contacts', 1, 'companies'), of('companies', 7, 'contacts')]).toEqual([[8], [2]]);
  unlink('contacts', 2, 'companies', 7);
  unlink('contacts', 2, 'companies', 9);
  expect([of('contacts', 2, 'companies'), of('companies', 7, 'contacts')]).toEqual([[], []]);
});

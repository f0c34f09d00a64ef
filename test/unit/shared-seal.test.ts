import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSealer, type SealPurpose, sealKeysSchema } from '../../subgraphs/shared/seal.ts';

const key = (id: string) => ({ id, secret: createHash('sha256').update(id).digest() });
const sealer = createSealer([key('k1')]);
const parts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 8 });

test('opens what it sealed, and equal parts have equal seals', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const sealed = sealer.seal('claim', given);
      expect(sealer.open('claim', sealed)).toEqual(given);
      expect(sealer.seal('claim', [...given])).toBe(sealed);
    }),
  );
});

test('different parts never have one seal', () => {
  fc.assert(
    fc.property(parts, parts, (left, right) => {
      fc.pre(JSON.stringify(left) !== JSON.stringify(right));
      expect(sealer.seal('records', left)).not.toBe(sealer.seal('records', right));
    }),
  );
});

test.each([
  [['1'], ['1', '']],
  [['1'], ['', '1']],
  [
    ['ab', 'c'],
    ['a', 'bc'],
  ],
  [[], ['']],
])('%j and %j are told apart', (left, right) => {
  expect(sealer.seal('guest', left)).not.toBe(sealer.seal('guest', right));
});

test('a seal opens for its own purpose alone', () => {
  const purposes: SealPurpose[] = ['claim', 'records', 'guest'];
  const seals = purposes.map((purpose) => sealer.seal(purpose, ['woo:order:1']));
  expect(new Set(seals).size).toBe(3);
  expect(() => sealer.open('records', seals[0]!)).toThrow(refused);
});

test('no change to a seal goes unnoticed', () => {
  const sealed = sealer.seal('claim', ['woo:order:123']);
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = changed[index]! ^ 1;
    expect(() => sealer.open('claim', `k1.${changed.toString('base64url')}`)).toThrow(refused);
  }
});

test.each(['', 'k1', 'k1.', 'k1.AAAA', 'k9.AAAA', 'constructor.AAAA', '.AAAA', 'k1.Ā', 'plain text'])(
  'refuses %p as BAD_USER_INPUT',
  (text) => {
    expect(() => sealer.open('claim', text)).toThrow(refused);
  },
);

test('a seal has one spelling: neither padding nor stray last bits', () => {
  const sealed = sealer.seal('claim', ['x']);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const others = [...alphabet].map((last) => sealed.slice(0, -1) + last).filter((text) => text !== sealed);
  for (const other of [...others, `${sealed}=`, `${sealed}\n`, sealed.toUpperCase()]) {
    expect(() => sealer.open('claim', other)).toThrow(refused);
  }
});

test('the first key seals, every key opens, and a removed one does not', () => {
  const old = createSealer([key('k1')]).seal('claim', ['a']);
  const rotated = createSealer([key('k2'), key('k1')]);
  expect(rotated.seal('claim', ['a'])).toMatch(/^k2\./);
  expect(rotated.open('claim', old)).toEqual(['a']);
  expect(() => createSealer([key('k2')]).open('claim', old)).toThrow(refused);
});

test('reads keys from a setting, and says what it expects without the value', () => {
  const secret = Buffer.alloc(32, 7).toString('base64');
  expect(sealKeysSchema.parse(`k1:${secret}, k2:${secret}`).map(({ id }) => id)).toEqual(['k1', 'k2']);
  for (const text of ['canary', `k1:${secret},k1:${secret}`, 'k1:Y2FuYXJ5', `${secret}`, '']) {
    const parsed = sealKeysSchema.safeParse(text);
    expect(parsed.error?.issues[0]?.message).toMatch(/^expected id:base64/);
  }
});

test('refuses weak or missing keys', () => {
  expect(() => createSealer([])).toThrow('at least one');
  expect(() => createSealer([key('k1'), key('k1')])).toThrow('distinct');
  expect(() => createSealer([{ id: 'k1', secret: Buffer.alloc(16) }])).toThrow('32 bytes');
});

const refused = expect.objectContaining({ code: 'BAD_USER_INPUT' });

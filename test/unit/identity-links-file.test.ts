import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readLinksFile } from '../../subgraphs/identity/links-file.ts';

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'links-')), 'links.json');
  writeFileSync(path, text);
  return path;
}

test('reads pairs both ways', () => {
  const links = readLinksFile(file('{ "link": [["hubspot:company:7", "fakturownia:client:3"]] }'));
  expect(links.link.get('fakturownia:client:3')).toEqual(new Set(['hubspot:company:7']));
  expect(links.link.get('hubspot:company:7')).toEqual(new Set(['fakturownia:client:3']));
  expect(links.forbid.size).toBe(0);
});

test.each([
  ['{', 'expected JSON'],
  ['[]', 'expected object'],
  ['{ "links": [] }', 'links'],
  ['{ "link": [["hubspot:company:7"]] }', 'link[0]'],
  ['{ "forbid": [["hubspot:company:7", "7"]] }', 'expected source:type:id\n  → at forbid[0][1]'],
  ['{ "forbid": [["a:b:1", "a:b:1"]] }', 'with itself'],
  [
    '{ "link": [["a:b:1", "a:b:2"], ["a:b:2", "a:b:3"]], "forbid": [["a:b:3", "a:b:1"]] }',
    'both forces and forbids a:b:3 and a:b:1',
  ],
])('refuses %s', (text, message) => {
  expect(() => readLinksFile(file(text))).toThrow(message);
});

import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CHECKS } from './checks.ts';

// That each is held by a test, `npm run test:checks` shows, which takes long.
test.each(CHECKS)('the check "$name" stands in $file exactly once, so that it can be taken away', ({ file, code }) => {
  const text = readFileSync(new URL(`../../gateway/rights/${file}`, import.meta.url), 'utf8');
  expect(text.split(code)).toHaveLength(2);
});

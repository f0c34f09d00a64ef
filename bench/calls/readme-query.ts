import { readFileSync } from 'node:fs';
import { readmeQueries } from '../../gateway/all-in-one/readme-queries.ts';

/** The customer 360 of the README. */
export function readmeQuery(): string {
  const [first] = readmeQueries(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'));
  return first!.query;
}

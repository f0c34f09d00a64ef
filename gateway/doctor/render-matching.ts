import type { MatchingReport } from './matching.ts';
import { block, columns, percent } from './render-text.ts';

/** Enough to see the pattern; `--json` has all. */
const MAX_LISTED = 20;

export function renderMatching({ systems, rules, ambiguous, duplicates, unavailable }: MatchingReport): string[] {
  const sampled = systems.reduce((sum, system) => sum + system.sampled, 0);
  return block(`Matching, by a sample of ${sampled} records`, [
    ...columns(
      systems.map((one) => [
        one.source,
        `${one.sampled} sampled`,
        `${one.linked} found in another system`,
        `${one.alone} alone`,
      ]),
    ),
    ...block(
      'linked with another system by',
      columns(rules.map(({ rule, records }) => [rule, `${records} records`, percent(records, sampled)])),
    ),
    ...block(
      'kept apart although they share something',
      listed(ambiguous.map((one) => `${one.rule} ${one.evidence} (${one.reason}): ${one.references.join(', ')}`)),
    ),
    ...block(
      'several records of one customer in one system',
      listed(duplicates.map((one) => one.references.join(', '))),
    ),
    ...block(
      'not asked, so matches with them are missing',
      unavailable.map(({ source, code }) => `${source}: ${code}`),
    ),
  ]);
}

function listed(lines: readonly string[]): string[] {
  const more = lines.length - MAX_LISTED;
  return more > 0 ? [...lines.slice(0, MAX_LISTED), `and ${more} more`] : [...lines];
}

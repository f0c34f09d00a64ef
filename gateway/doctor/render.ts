import { renderMatching } from './render-matching.ts';
import { block, columns, percent } from './render-text.ts';
import type { Advice, DoctorReport, SystemReport } from './report.ts';

/** The report for a human, in plain text. */
export function renderReport({ sandbox, systems, matching, advice }: DoctorReport): string {
  const parts = [
    sandbox ? ['No systems are configured: this is the embedded sandbox.'] : [],
    ...systems.map(renderSystem),
    matching ? renderMatching(matching) : [],
    block('What to set', advice.flatMap(renderAdvice)),
    [verdict(systems)],
  ];
  const written = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${written.join('\n\n')}\n`;
}

function renderSystem({ source, vendor, domain, ok, checks, fields, budget, calls }: SystemReport): string[] {
  const left = budget ? `; ${budget.remaining} of ${budget.limit} left` : '';
  return block(`${source} (${vendor}, ${domain}): ${ok ? 'works' : 'DOES NOT WORK'}`, [
    ...columns(checks.map((check) => [check.ok ? 'ok' : 'NO', check.name, check.detail])),
    ...block('identifiers found in', columns(fields.map(fieldRow))),
    `${calls} calls made${left}`,
  ]);
}

function fieldRow({ field, looksLike, filled, sampled }: SystemReport['fields'][number]): string[] {
  return [field, looksLike, `${filled} of ${sampled}`, percent(filled, sampled)];
}

function renderAdvice({ setting, value, reason }: Advice): string[] {
  if (setting === null) return [reason];
  return [`${setting}${value === null ? '' : `=${value}`}`, `  ${reason}`];
}

function verdict(systems: readonly SystemReport[]): string {
  const broken = systems.filter(({ ok }) => !ok).map(({ source }) => source);
  return broken.length === 0 ? 'Every source works.' : `Not working: ${broken.join(', ')}.`;
}

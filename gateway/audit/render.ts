import type { AuditEntry } from './entry.ts';

/** One entry as it concerns one customer. */
export type Reading = Omit<AuditEntry, 'touched' | 'touchedCut' | 'asked'> & {
  /** The customer's references under which it was found; none when the entry does not hold all that it touched. */
  matched: readonly string[];
};

export function renderReadings(readings: readonly Reading[]): string {
  return readings.map(renderReading).join('\n\n');
}

function renderReading(reading: Reading): string {
  const { time, operation, outcome, allowed, denied, matched, requestId } = reading;
  const isRefused = outcome === 'refused' ? ', refused whole' : '';
  return [
    `${time}  ${whoOf(reading)}`,
    `  asked    ${operation ?? 'an operation without a name'}${isRefused} (request ${requestId})`,
    ...(allowed.length > 0 ? [`  allowed  ${allowed.join(', ')}`] : []),
    ...(denied.length > 0 ? [`  denied   ${denied.join(', ')}`] : []),
    `  of       ${matched.length > 0 ? matched.join(', ') : 'perhaps this customer: it read more records than an entry holds'}`,
  ].join('\n');
}

function whoOf({ client, subject, actor }: Reading): string {
  const person = actor === null ? subject : actor.name === null ? actor.id : `${actor.name} (${actor.id})`;
  if (client === null) return person ?? 'nobody known';
  return person === null || person === client ? client : `${person} through ${client}`;
}

import type { Party } from '../shared/party.ts';
import { prefetchOf } from './asks.ts';
import type { Ask, Directory, Unavailable } from './domains.ts';
import type { OperatorLinks } from './links-file.ts';
import type { PartyReader } from './party-reader.ts';
import { createView, type Group, type View } from './view.ts';

export interface ExploreLimits {
  /** Of one customer; default 500. */
  maxRecords?: number;
  /** Default 12: each round goes one link further, and customers are a few links wide. */
  maxRounds?: number;
}

export interface ExploreDeps {
  reader: PartyReader;
  directory: Directory;
  operator: OperatorLinks;
  limits?: ExploreLimits;
}

/** What was worked out about one start. */
export interface Explored extends Group {
  /** A source could not be asked, or a limit was hit. */
  incomplete: boolean;
  unavailable: readonly Unavailable[];
}

/**
 * Reads everything that the starts lead to: in each round what all records reached so far ask for, with one call a
 * domain. Ends when nothing is left to ask. What could not be read through is judged without the rules that need it.
 */
export async function explore(starts: readonly Party[], deps: ExploreDeps): Promise<Map<Party, Explored>> {
  const { reader, directory, operator, limits = {} } = deps;
  const { maxRecords = 500, maxRounds = 12 } = limits;
  const viewWith = (pointersOnly: boolean) => createView({ reader, directory, operator, pointersOnly });
  let view = viewWith(false);
  for (let round = 0; round < maxRounds; round += 1) {
    const reached = new Set(starts.flatMap((start) => view.reach(start, maxRecords)));
    const asks = [...reached].flatMap((party) => [...view.needs(party), ...prefetchOf(party, directory)]);
    const open = asks.filter((ask) => reader.answer(ask) === undefined);
    if (open.length === 0) break;
    await reader.ask(open);
    view = viewWith(false);
  }
  const certain = viewWith(true);
  return new Map(starts.map((start) => [start, conclude(start, view, certain, { reader, maxRecords })]));
}

function conclude(
  start: Party,
  view: View,
  certain: View,
  { reader, maxRecords }: { reader: PartyReader; maxRecords: number },
): Explored {
  const reached = view.reach(start, maxRecords + 1);
  const unavailable = distinct(reached.flatMap(view.failures));
  const isOpen = (ask: Ask) => reader.answer(ask) === undefined;
  const isCut = reached.length > maxRecords || reached.some((party) => view.needs(party).some(isOpen));
  if (!isCut && unavailable.length === 0) return { ...view.groupOf(start), incomplete: false, unavailable };
  return { ...certain.groupOf(start), rejected: [], incomplete: true, unavailable };
}

function distinct(unavailable: readonly Unavailable[]): Unavailable[] {
  return [...new Map(unavailable.map((one) => [`${one.source} ${one.code}`, one])).values()];
}

import type { KeptAnswer } from '../entity-cache/kept-answer.ts';
import type { EntityBatch, Outcome } from './entity-loader.ts';

type Asked = Pick<EntityBatch, 'texts' | 'sources'>;

/** Asks for those entities alone that were not found, and puts both together. */
export async function askForRest(
  { texts, sources }: Asked,
  found: readonly (KeptAnswer | null)[],
  ask: (rest: Asked) => Promise<Outcome>,
): Promise<Outcome> {
  const places = found.flatMap((answer, index) => (answer === null ? [index] : []));
  const entities = found.map((answer) => answer?.data ?? null);
  const whole = { kind: 'answered', entities, errors: [], isShared: true, problems: null } as const;
  if (places.length === 0) return whole;
  const rest = await ask({ texts: places.map((at) => texts[at]!), sources: places.map((at) => sources[at]!) });
  // For each of them by itself: the others are known.
  if (rest.kind === 'lost')
    return { ...whole, errors: places.map((at) => ({ ...rest.error, path: ['_entities', at] })) };
  for (const [index, at] of places.entries()) entities[at] = rest.entities[index]!;
  const placeOf = (index: unknown) => (typeof index === 'number' ? (places[index] ?? index) : null);
  const errors = rest.errors.map((error) => {
    const [field, index, ...path] = error.path ?? [];
    const at = field === '_entities' ? placeOf(index) : null;
    return at === null ? error : { ...error, path: ['_entities', at, ...path] };
  });
  const problems = rest.problems && new Map([...rest.problems].map(([index, one]) => [places[index]!, one]));
  return { ...whole, errors, problems };
}

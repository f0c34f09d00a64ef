import type { Cause } from './causes.ts';
import type { Case } from './contenders.ts';

/** The cause without which there is no difference; one is enough, or it takes all together. Null: it is a new one. */
export async function explain(
  one: Case,
  causes: readonly Cause[],
  isRight: (simpler: Case) => Promise<boolean>,
): Promise<string | null> {
  for (const cause of causes) {
    const simpler = cause.without(one);
    if (simpler && (await isRight(simpler))) return cause.name;
  }
  const all = causes.reduce<Case>((simpler, cause) => cause.without(simpler) ?? simpler, one);
  return all !== one && (await isRight(all)) ? 'several causes at once' : null;
}

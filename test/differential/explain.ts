import type { Cause } from './causes.ts';
import type { Difference } from './compare.ts';
import type { Case, Outcome } from './contenders.ts';

type Judge = (outcome: Outcome) => Difference | null;

/** The causes without which there is no difference: one if one is enough, else all together. Null: it is a new one. */
export async function explain(
  one: Case,
  causes: readonly Cause[],
  { run, judge }: { run(one: Case): Promise<Outcome>; judge: Judge },
): Promise<string | null> {
  const isRight = async (simpler: Case) => judge(await run(simpler)) === null;
  for (const cause of causes) {
    const simpler = cause.without(one);
    if (simpler && (await isRight(simpler))) return cause.name;
  }
  const all = causes.reduce<Case>((simpler, cause) => cause.without(simpler) ?? simpler, one);
  return all !== one && (await isRight(all)) ? 'several causes at once' : null;
}

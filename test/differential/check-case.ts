import { print } from 'graphql';
import type { Difference } from './compare.ts';
import type { Case, Contenders, Outcome } from './contenders.ts';
import { CONTESTANTS, type Contestant } from './contestants.ts';
import { explain } from './explain.ts';
import { shrink } from './shrink.ts';
import type { Tally } from './tally.ts';

export const TOO_LARGE = 'too large to plan';

/** Throws the simplest case it finds where an answer is wrong for no reason that is known. */
export async function checkCase(contenders: Contenders, one: Case, tally: Tally): Promise<void> {
  const outcome = await contenders.run(one);
  if (outcome === null) return tally.count(TOO_LARGE);
  tally.count('cases');
  for (const contestant of CONTESTANTS) {
    const found = contestant.judge(outcome);
    if (found === null) continue;
    const known = await whyKnown(contenders, contestant, one, { outcome, found });
    if (known === null) throw new Error(await describeSimplest(contenders, contestant, one, found));
    tally.count(`${contestant.name}: ${known}`);
  }
}

/** The name of what makes the difference; null for what nobody knows. */
async function whyKnown(
  { run }: Contenders,
  { causes, judge, differences, lastResorts }: Contestant,
  one: Case,
  { outcome, found }: { outcome: Outcome; found: Difference },
): Promise<string | null> {
  const known = differences.find((difference) => difference.is(found, outcome));
  if (known) return known.name;
  const isRight = async (simpler: Case) => {
    const answers = await run(simpler);
    if (answers === null) return false;
    const difference = judge(answers);
    return difference === null || [...differences, ...lastResorts].some((other) => other.is(difference, answers));
  };
  const explained = await explain(one, causes, isRight);
  return explained ?? lastResorts.find((difference) => difference.is(found, outcome))?.name ?? null;
}

async function describeSimplest(
  contenders: Contenders,
  contestant: Contestant,
  one: Case,
  { kind }: Difference,
): Promise<string> {
  const isAsUnknown = async (simpler: Case) => {
    const outcome = await contenders.run(simpler);
    if (outcome === null) return false;
    const found = contestant.judge(outcome);
    return found?.kind === kind && (await whyKnown(contenders, contestant, simpler, { outcome, found })) === null;
  };
  const simplest = await shrink(contenders.schema, one, isAsUnknown);
  const outcome = await contenders.run(simplest);
  return outcome ? describe(contenders, contestant, simplest, outcome) : 'a case that is too large now';
}

function describe({ graph }: Contenders, { name, judge }: Contestant, one: Case, outcome: Outcome): string {
  const { document, variables, world, faults } = one;
  const { ours, reference, truth } = outcome;
  const difference = judge(outcome);
  return [
    `${name} answers wrongly (${difference?.kind}): ${difference?.what}`,
    `graph: ${graph.name}, world: ${JSON.stringify(world)}`,
    print(document),
    `variables: ${JSON.stringify(variables)}`,
    `faults: ${JSON.stringify(faults)}`,
    `ours:      ${JSON.stringify(ours.body)}`,
    `reference: ${JSON.stringify(reference.body)}`,
    `truth:     ${JSON.stringify(truth.body)}`,
    `calls of ours:\n${ours.calls.join('\n')}`,
  ].join('\n');
}

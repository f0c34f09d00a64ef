import { print } from 'graphql';
import { type Difference, differsFromTruth } from './compare.ts';
import type { Case, Contenders, Outcome } from './contenders.ts';
import { explain } from './explain.ts';
import { CAUSES_IN_OURS, CAUSES_IN_REFERENCE, isOrderOnly, isUntoldNull } from './known-differences.ts';
import { shrink } from './shrink.ts';
import type { Tally } from './tally.ts';

type Judge = (outcome: Outcome) => Difference | null;

/** Throws the simplest case it finds where an answer is wrong for no reason that is known. */
export async function checkCase(contenders: Contenders, one: Case, tally: Tally): Promise<void> {
  const outcome = await contenders.run(one);
  tally.count('cases');
  await judge('ours', CAUSES_IN_OURS, (run) => differsFromTruth(run.ours, run));
  await judge('reference', CAUSES_IN_REFERENCE, (run) => {
    const difference = differsFromTruth(run.reference, run);
    if (difference === null || !isUntoldNull(difference, run)) return difference;
    tally.count('reference: null without an error');
    return null;
  });

  async function judge(who: 'ours' | 'reference', causes: typeof CAUSES_IN_OURS, find: Judge): Promise<void> {
    const found = find(outcome);
    if (found === null) return;
    if (isOrderOnly(found)) return tally.count(`${who}: order`);
    const besidesOrder: Judge = (run) => {
      const difference = find(run);
      return difference && isOrderOnly(difference) ? null : difference;
    };
    const known = await explain(one, causes, { run: contenders.run, judge: besidesOrder });
    if (known !== null) return tally.count(`${who}: ${known}`);
    const isUnknown = async (simpler: Case) =>
      find(await contenders.run(simpler))?.kind === found.kind &&
      (await explain(simpler, causes, { run: contenders.run, judge: besidesOrder })) === null;
    const simplest = await shrink(contenders.schema, one, isUnknown);
    throw new Error(describe(who, contenders, simplest, await contenders.run(simplest), find));
  }
}

function describe(who: string, { graph }: Contenders, one: Case, outcome: Outcome, find: Judge): string {
  const { document, variables, world, faults } = one;
  const { ours, reference, truth } = outcome;
  const difference = find(outcome);
  return [
    `${who} answers wrongly (${difference?.kind}): ${difference?.what}`,
    `graph: ${graph.name}, world: ${JSON.stringify(world)}`,
    print(document),
    `variables: ${JSON.stringify(variables)}`,
    `faults: ${JSON.stringify(faults)}`,
    `ours:      ${JSON.stringify(ours.body)}`,
    `reference: ${JSON.stringify(reference.body)}`,
    `truth:     ${JSON.stringify(truth.body)}`,
  ].join('\n');
}

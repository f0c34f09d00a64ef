import type { Company, Replica } from '../../test/e2e/replicas.ts';
import { print } from '../measured-process.ts';
import { countCalls } from './count.ts';

const ONE = 'query ($id: ID!) { order(id: $id) { id number } }';

/** Many requests for what nobody has read yet, spread over the replicas. */
export async function measureAtOnce({ sandbox }: Company, replicas: readonly Replica[]): Promise<void> {
  const ids = [...sandbox.dataset.woo.orders.keys()].slice(-60).map((id) => `woo:order:${id}`);
  const ask = (id: string, index: number) => replicas[index % replicas.length]!.data(ONE, { id });
  const one = await countCalls(sandbox, () =>
    Promise.all(Array.from({ length: 1000 }, (_, index) => ask(ids[0]!, index))),
  );
  const fifty = ids.slice(1, 51);
  const many = await countCalls(sandbox, () =>
    Promise.all(Array.from({ length: 200 }, (_, index) => ask(fifty[index % fifty.length]!, index))),
  );
  print(`\nAt once, cold, over ${replicas.length} replicas`);
  print(`  1,000 requests for one order             ${one} calls`);
  print(`  200 requests for 50 orders               ${many} calls`);
}

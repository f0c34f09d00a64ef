import { setTimeout as pause } from 'node:timers/promises';
import type { Company, Replica } from '../../test/e2e/replicas.ts';
import { changesAt } from '../../test/e2e/vendor-changes.ts';
import { print } from '../measured-process.ts';
import { countCalls, quantile } from './count.ts';

const QUERY = `query ($id: ID!) { customer(id: $id) { orders(first: 100) { nodes { id statusRaw } } } }`;

interface Answered {
  customer: { orders: { nodes: { id: string; statusRaw: string }[] } };
}

/** Changes orders at the shop, which tells one replica; both are asked until they know, and then whether they forget it again. */
export async function measureAfterWebhook(
  { sandbox }: Company,
  replicas: readonly Replica[],
  changes: number,
): Promise<void> {
  const vendor = changesAt(sandbox);
  const customers = sandbox.dataset
    .truth()
    .customers.filter(({ references }) => references.some((one) => one.startsWith('woo:customer:')));
  const waits: number[] = [];
  const calls: number[] = [];
  for (const { references } of customers.slice(0, changes)) {
    const id = references[0]!;
    const read = async (replica: Replica) => (await replica.data<Answered>(QUERY, { id })).customer.orders.nodes;
    const [order] = await read(replicas[0]!);
    if (order === undefined) continue;
    await read(replicas[1]!);
    const wanted = order.statusRaw === 'cancelled' ? 'completed' : 'cancelled';
    const isNew = async (replica: Replica) =>
      (await read(replica)).find((one) => one.id === order.id)!.statusRaw === wanted;
    const made = await countCalls(sandbox, async () => {
      await vendor.order(order.id.split(':')[2]!, { status: wanted });
      await sandbox.control.webhooksIdle();
      const answeredAt = performance.now();
      await Promise.all(replicas.map((replica) => until(() => isNew(replica))));
      waits.push(performance.now() - answeredAt);
      for (const replica of replicas) if (!(await isNew(replica))) throw new Error('An old value came back');
    });
    // One of them is the change itself.
    calls.push(made - 1);
  }
  print(`\nOne order changed at the shop, ${waits.length} times; the shop tells one of two replicas`);
  print(`  calls for each change                    ${quantile(calls, 0.5)}   (median; at most ${Math.max(...calls)})`);
  print(
    `  new on both after the webhook's answer   ${quantile(waits, 0.5).toFixed(0)} ms   (median; p95 ${quantile(waits, 0.95).toFixed(0)} ms)`,
  );
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error('The new value was not served within 10 s');
    await pause(1);
  }
}

import { CUSTOMER_360 } from '../../test/e2e/customer-360.ts';
import type { Company, Replica } from '../../test/e2e/replicas.ts';
import {
  FACTS,
  type FactFields,
  factsOf,
  followUpsOf,
  knownToAll,
  unavoidableCalls,
} from '../../test/e2e/unavoidable-calls.ts';
import { print } from '../measured-process.ts';
import { countCalls, median } from './count.ts';

const FACTS_QUERY = `query ($id: ID!) { customer(id: $id) ${FACTS} }`;

export interface ColdAndWarm {
  /** Calls for one customer 360, medians of the customers. */
  cold: number;
  unavoidable: number;
  warm: number;
}

/** The same customers' 360, first from one replica and then from the other, which finds all of it in Redis. */
export async function measureColdAndWarm(
  { sandbox }: Company,
  [first, second]: readonly Replica[],
  customers: number,
): Promise<ColdAndWarm> {
  const rows: ColdAndWarm[] = [];
  for (const truth of knownToAll(sandbox.dataset).slice(0, customers)) {
    const variables = { id: truth.references[0] };
    const cold = await countCalls(sandbox, () => first!.data(CUSTOMER_360, variables));
    const warm = await countCalls(sandbox, () => second!.data(CUSTOMER_360, variables));
    const { customer } = await first!.data<{ customer: FactFields }>(FACTS_QUERY, variables);
    const most = unavoidableCalls(factsOf([customer]), followUpsOf(truth, sandbox.dataset));
    const unavoidable = most.hubspot + sum(Object.values(most.woo)) + sum(Object.values(most.fakturownia));
    rows.push({ cold, unavoidable, warm });
  }
  const of = (name: keyof ColdAndWarm) => median(rows.map((row) => row[name]));
  const result = { cold: of('cold'), unavoidable: of('unavoidable'), warm: Math.max(...rows.map(({ warm }) => warm)) };
  print(`\nCustomer 360 of ${rows.length} customers whom all three systems know`);
  print(
    `  calls, cold                              ${result.cold}   (median; at most ${Math.max(...rows.map(({ cold }) => cold))})`,
  );
  print(`  calls that the systems' APIs make needed ${result.unavoidable}   (median)`);
  print(`  calls, warm, from another replica        ${result.warm}   (the most)`);
  return result;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

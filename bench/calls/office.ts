import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from '../../sandbox/data/random.ts';
import type { TruthCustomer } from '../../sandbox/data/truth-types.ts';
import type { Company, Replica } from '../../test/e2e/replicas.ts';
import { changesAt, TooManyRequests } from '../../test/e2e/vendor-changes.ts';
import { print } from '../measured-process.ts';
import { quantile, totalCalls } from './count.ts';
import { forgetAll } from './forget-all.ts';
import { type Office, type OfficeEvent, simulateOffice } from './office-trace.ts';
import { readmeQuery } from './readme-query.ts';

const ORDERS =
  'query ($id: ID!) { customer(id: $id) { id orders(first: 20) { nodes { id number status placedAt } } } }';
const QUERIES = { case: readmeQuery(), orders: ORDERS } as const;
type Asked = keyof typeof QUERIES;

interface OfficeOptions extends Office {
  /** So many times faster than the office. */
  speed: number;
}

export interface OfficeResult {
  savedPercent: number;
}

/** Plays the office through the replicas, and then asks each different question once without a cache to tell the difference. */
export async function measureOffice(
  company: Company,
  replicas: readonly Replica[],
  options: OfficeOptions,
): Promise<OfficeResult> {
  const { sandbox } = company;
  const people = sandbox.dataset
    .truth()
    .customers.filter(({ references }) => references.length > 0)
    .slice(0, options.customers);
  const office = { ...options, customers: people.length };
  const events = simulateOffice(office, createRandom(7));
  const idOf = (customer: number) => people[customer]!.references[0]!;
  const before = totalCalls(sandbox.control);
  const played = await play(events, { company, replicas, speed: options.speed, idOf, people });
  await sandbox.control.webhooksIdle();
  // The changes themselves are no calls of ours.
  const calls = totalCalls(sandbox.control) - before - played.changes - played.ownRefusals;
  const asked = events.filter((event): event is Extract<OfficeEvent, { kind: Asked }> => event.kind in QUERIES);
  const without = await callsWithoutCache(
    company,
    replicas[0]!,
    asked.map(({ kind, customer }) => ({ kind, id: idOf(customer) })),
  );
  const savedPercent = Number((100 * (1 - calls / without)).toFixed(2));
  print(
    `\n${office.minutes} minutes of an office, played ${options.speed} times as fast: ${office.supportUsers} support users (a case takes`,
  );
  print(
    `  5 minutes, the screen asks every 15 s), ${office.partners} partners, ${people.length} customers by Zipf's law, ${played.changes} changes with webhooks`,
  );
  print(
    `  requests                                 ${asked.length}, ${played.failures} failed, of ${new Set(asked.map(({ customer }) => customer)).size} customers`,
  );
  print(`  calls to the systems                     ${calls}`);
  print(`  the same requests without a cache        ${without}`);
  print(`  saved                                    ${savedPercent} %`);
  print(`  answers 429 of the systems               ${played.refusals}`);
  print(
    `  response time                            p50 ${quantile(played.times, 0.5).toFixed(0)} ms, p95 ${quantile(played.times, 0.95).toFixed(0)} ms`,
  );
  if (played.failures > 0) print(`  the first failure: ${played.firstFailure}`);
  return { savedPercent };
}

const CHANGE_AGAIN_MS = 100;

interface Playing {
  company: Company;
  replicas: readonly Replica[];
  speed: number;
  idOf(customer: number): string;
  people: readonly TruthCustomer[];
}

async function play(events: readonly OfficeEvent[], { company, replicas, speed, idOf, people }: Playing) {
  const startedAt = performance.now();
  const times: number[] = [];
  const under = new Set<Promise<void>>();
  const played = { changes: 0, failures: 0, firstFailure: '', times, refusals: 0, ownRefusals: 0 };
  const ask = async (kind: Asked, id: string, replica: Replica) => {
    const began = performance.now();
    const { errors } = await replica.ask(QUERIES[kind], { id });
    times.push(performance.now() - began);
    if (!errors) return;
    played.failures += 1;
    played.firstFailure ||= JSON.stringify(errors[0]);
  };
  const change = async (event: OfficeEvent) => {
    try {
      if (await makeChange(event, people[event.customer]!.references, company)) played.changes += 1;
    } catch (error) {
      // People's own work at the system is not what its limits are for.
      if (!(error instanceof TooManyRequests)) throw error;
      played.ownRefusals += 1;
      await pause(CHANGE_AGAIN_MS);
      await change(event);
    }
  };
  for (const [index, event] of events.entries()) {
    const waitMs = event.atMs / speed - (performance.now() - startedAt);
    if (waitMs > 1) await pause(waitMs);
    const task =
      event.kind === 'case' || event.kind === 'orders'
        ? ask(event.kind, idOf(event.customer), replicas[index % replicas.length]!)
        : change(event);
    const watched = task.finally(() => under.delete(watched));
    under.add(watched);
  }
  await Promise.all(under);
  played.refusals = refusals(company) - played.ownRefusals;
  return played;
}

function refusals({ sandbox }: Company): number {
  return Object.values(sandbox.control.calls()).reduce((sum, { refused }) => sum + refused, 0);
}

/** False where the customer has nothing of the kind. */
async function makeChange(
  { kind }: OfficeEvent,
  references: readonly string[],
  { sandbox }: Company,
): Promise<boolean> {
  const { woo, fakturownia } = sandbox.dataset;
  const vendor = changesAt(sandbox);
  const idOf = (prefix: string) => Number(references.find((one) => one.startsWith(prefix))?.split(':')[2]);
  const note = `${performance.now()}`;
  if (kind === 'order-changed') {
    const [order] = woo.ordersByCustomer.get(idOf('woo:customer:')) ?? [];
    if (order !== undefined)
      await vendor.order(order, { status: woo.orders.get(order)!.status === 'on-hold' ? 'processing' : 'on-hold' });
    return order !== undefined;
  }
  if (kind === 'paid') {
    const [invoice] = fakturownia.invoicesByClient.get(idOf('fakturownia:client:')) ?? [];
    if (invoice !== undefined) await vendor.payment(invoice, '0.01');
    return invoice !== undefined;
  }
  const contact = idOf('hubspot:contact:');
  if (!Number.isNaN(contact)) await vendor.contact(contact, { city: note });
  return !Number.isNaN(contact);
}

/** Each different question costs the same each time, so it is asked once, with nothing known. */
async function callsWithoutCache(
  { sandbox }: Company,
  replica: Replica,
  asked: readonly { kind: Asked; id: string }[],
): Promise<number> {
  let total = 0;
  for (const [key, same] of Map.groupBy(asked, ({ kind, id }) => `${kind} ${id}`)) {
    await forgetAll(replica);
    const before = totalCalls(sandbox.control);
    const [kind, id] = key.split(' ') as [Asked, string];
    await replica.data(QUERIES[kind], { id });
    total += (totalCalls(sandbox.control) - before) * same.length;
  }
  return total;
}

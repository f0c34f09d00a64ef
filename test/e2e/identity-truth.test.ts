import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LookupBy } from '../../sandbox/data/truth-types.ts';
import { type Stack, startStack } from '../contract/identity-stack.ts';
import { createIdentity, type Identity, startRequest } from '../unit/identity-world.ts';
import { sampleOf } from './customer-sample.ts';
import { linkedCustomers, measure, ownersOf, type Question, questionsOf } from './identity-truth.ts';

/** The whole sandbox. Nothing here changes it. */
let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
}, 60_000);

afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

const PATIENCE_MS = 240_000;

test(
  'no record is linked with a stranger, and at least 97 % of what belongs together is',
  async () => {
    const owners = await ownersOf(stack, sampleOf(stack.dataset.truth().customers));
    const found = new Map<string, string>();
    for (const batch of batchesOf([...owners.keys()], 50)) {
      // A request of its own that has heard of nothing: each record is a start.
      const request = startRequest(stack.ports);
      const customers = await Promise.all(batch.map((reference) => request.byReference(reference)));
      batch.forEach((reference, index) => {
        expect(customers[index]).toMatchObject({ incomplete: false });
        found.set(reference, customers[index]!.id);
      });
    }
    const { precision, recall, records } = measure(owners, found);
    process.stdout.write(`identity: ${records} records, precision ${precision}, recall ${recall}\n`);
    expect(precision).toBe(1);
    expect(recall).toBeGreaterThanOrEqual(0.97);
  },
  PATIENCE_MS,
);

test(
  'every reference and identifier leads to the id that the truth says, or to nobody, or is ambiguous',
  async () => {
    const identity = createIdentity(stack.ports);
    const wrong: unknown[] = [];
    const questions = sampleOf(await questionsOf(stack));
    for (const batch of batchesOf(questions, 50)) {
      const answers = await answer(identity, batch);
      batch.forEach(({ by, value, expected }, index) => {
        if (answers[index] !== expected) wrong.push({ by, value, expected, answered: answers[index] });
      });
    }
    process.stdout.write(`identity: ${questions.length} look-ups, ${wrong.length} wrong\n`);
    expect(wrong).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'the list has every customer with an account or a record once, and nobody else',
  async () => {
    const { ask } = createIdentity(stack.ports);
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const page = await ask(
        'query ($after: String) { customers(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
      // Cast: the selection above.
      const { nodes, pageInfo } = page.data!.customers as CustomerPage;
      ids.push(...nodes.map(({ id }) => id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    const listed = linkedCustomers(stack).filter(({ id }) => !id.startsWith('guest:'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(listed.filter(({ id }) => !ids.includes(id))).toEqual([]);
  },
  PATIENCE_MS,
);

interface CustomerPage {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const FIELDS: Readonly<Record<LookupBy, string>> = {
  reference: 'customer(id:',
  orderNumber: 'customer(id:',
  invoiceNumber: 'customer(id:',
  email: 'customerByEmail(email:',
  phone: 'customerByPhone(phone:',
  taxId: 'customerByTaxId(taxId:',
};

/** Ids, null, or the errors' codes. */
async function answer({ ask }: Identity, questions: readonly Question[]): Promise<unknown[]> {
  const fields = questions.map(({ by, value }, index) => `q${index}: ${FIELDS[by]} ${JSON.stringify(value)}) { id }`);
  const { data, errors = [] } = await ask(`{ ${fields.join('\n')} }`);
  return questions.map((_, index) => {
    const error = errors.find(({ path }) => path?.[0] === `q${index}`);
    // Cast: the shape of the query above.
    return error ? error.extensions?.code : ((data?.[`q${index}`] as { id: string } | null)?.id ?? null);
  });
}

function batchesOf<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

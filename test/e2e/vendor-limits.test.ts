import { expect, test } from '@jest/globals';
import { scrape } from '../setup/scrape.ts';
import { startProduct } from './product.ts';

test('systems that enforce their limits refuse no call, however much is asked at once; what does not fit says so', async () => {
  await using product = await startProduct({ sandbox: { customers: 300, limits: true } });
  const emails = [...product.dataset.woo.customers.values()].slice(0, 12).map(({ email }) => email);
  const query = `query ($email: EmailAddress!) {
    customerByEmail(email: $email) {
      deals { nodes { id } }
      orders { nodes { id } }
      invoices { nodes { id balance { amount } } }
    }
  }`;
  const answers = await Promise.all(emails.map((email) => product.ask(query, { email })));
  const codes = new Set(answers.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code)));
  codes.delete('UPSTREAM_BUDGET_EXHAUSTED');
  expect([...codes]).toEqual([]);
  const metrics = await scrape(product.adminUrl);
  expect(metrics.sum('jeden_upstream_calls_total', { outcome: 'UPSTREAM_RATE_LIMITED' })).toBe(0);
  expect(metrics.sum('jeden_upstream_calls_total')).toBeGreaterThan(30);
}, 60_000);

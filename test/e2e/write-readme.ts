import { readFileSync, writeFileSync } from 'node:fs';
import { readmeQueries } from '../../gateway/all-in-one/readme-queries.ts';
import { startProduct } from './product.ts';
import { tokenOf } from './test-client.ts';

/** `npm run readme`: writes the sandbox's answers into the README, behind the queries that show one. */
const file = new URL('../../README.md', import.meta.url);
await using product = await startProduct();
let text = readFileSync(file, 'utf8');
for (const { query, variables, answer } of readmeQueries(text)) {
  if (answer === null) continue;
  const data = await product.data(query, variables, await tokenOf(product.url, 'support'));
  text = text.replace(answer, JSON.stringify({ data }, null, 2));
}
writeFileSync(file, text);

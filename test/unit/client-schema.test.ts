import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { runCommand, tempFolder } from './clients-fixture.ts';

/** Runs the command; a schema on stdout is read as a code generator would. */
async function schemaOf(args: readonly string[], env: Record<string, string> = {}) {
  await using folder = await tempFolder();
  const { code, stdout, stderr } = await runCommand('gateway/client-schema/main.ts', args, {
    STATE_DIR: folder.path,
    ...env,
  });
  const schema = code === 0 ? buildSchema(stdout) : null;
  const fieldsOf = (type: string) => {
    const found = schema?.getType(type);
    return found && 'getFields' in found ? Object.keys(found.getFields()) : [];
  };
  return { code, stdout, stderr, fieldsOf };
}

test("a client sees the fields of its scopes, and nothing of what is the gateway's", async () => {
  const partner = await schemaOf(['--client', 'partner']);
  const finance = await schemaOf(['--client', 'finance']);
  expect(finance.fieldsOf('Customer')).toEqual(expect.arrayContaining(['id', 'email', 'receivables']));
  expect(partner.fieldsOf('Customer')).toContain('id');
  expect(partner.fieldsOf('Customer')).not.toContain('email');
  expect(partner.fieldsOf('Customer')).not.toContain('receivables');
  expect(finance.stdout).not.toMatch(/join__|requiresScopes|_entities|claim: ID/);
});

test('scopes can be given instead, for a client that is not registered here', async () => {
  const orders = await schemaOf(['--scope', 'orders:read']);
  expect(orders.fieldsOf('Query')).toContain('orders');
  expect(orders.fieldsOf('Query')).not.toContain('invoices');
});

test('a client of the registry comes before one of the sandbox', async () => {
  await using folder = await tempFolder();
  const env = { STATE_DIR: folder.path };
  await runCommand('gateway/clients/main.ts', ['add', 'finance', '--scope', 'stock:read', '--all-rows'], env);
  expect((await schemaOf(['--client', 'finance'], env)).fieldsOf('Query')).not.toContain('orders');
});

test('without a token there is only what is public', async () => {
  expect((await schemaOf([])).fieldsOf('Customer')).toEqual([]);
});

test.each([
  [['--client', 'nobody'], 'There is no client "nobody"'],
  [['--client', 'partner', '--scope', 'a'], 'npm run --silent schema'],
  [['--admin'], 'npm run --silent schema'],
])('%j is told without a stack', async (args, message) => {
  const { code, stdout, stderr } = await schemaOf(args);
  expect({ code, stdout, isTold: stderr.includes(message), hasStack: /\n +at /.test(stderr) }).toEqual({
    code: 1,
    stdout: '',
    isTold: true,
    hasStack: false,
  });
});

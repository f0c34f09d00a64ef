import type { Sandbox } from '../../sandbox/start.ts';

interface Greeted {
  url: string;
  adminUrl: string | null;
  sandbox: Sandbox | null;
}

/** What `npm start` prints once the graph answers: what to open and what to try. */
export function greeting({ url, adminUrl, sandbox }: Greeted): string {
  const address = url.replace('127.0.0.1', 'localhost');
  const lines = [
    '',
    'jeden is ready.',
    '',
    `  Open    ${address}/graphql   (GraphiQL, with queries to try)`,
    ...(sandbox
      ? tokenLines(address)
      : ['  Tokens  npm run client -- add NAME …, then POST /oauth/token (README, "Tokens")']),
    `  Health  ${address}/health/ready`,
    ...(adminUrl === null ? [] : [`  Metrics ${adminUrl}/metrics`]),
    '',
    ...(sandbox ? aboutSandbox(sandbox) : ['It reads the systems that its settings name.']),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function tokenLines(address: string): string[] {
  return ['  Token   export TOKEN=$(npm run --silent token -- --client support)', `  Or try  ${example(address)}`];
}

function example(address: string): string {
  const body = JSON.stringify({
    query: '{ customers(first: 3) { nodes { id displayName receivables { overdue { amount currency } } } } }',
  });
  return `curl ${address}/graphql -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' -d '${body}'`;
}

function aboutSandbox({ dataset, clock, urls }: Sandbox): string[] {
  const { hubspot, woo, fakturownia } = dataset;
  return [
    `It reads a made-up company as of ${clock.today()}: none of your own systems is configured (README, "Connect your own systems").`,
    `  HubSpot      ${urls.hubspot}   ${hubspot.contacts.size} contacts, ${hubspot.companies.size} companies`,
    `  WooCommerce  ${urls.woo}   ${woo.customers.size} accounts, ${woo.orders.size} orders`,
    `  Fakturownia  ${urls.fakturownia}   ${fakturownia.clients.size} clients, ${fakturownia.invoices.size} documents`,
  ];
}

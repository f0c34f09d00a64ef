import { readFileSync } from 'node:fs';
import { createLogger } from '../../common/log.ts';
import { ALL_ROWS } from '../../common/row-rules.ts';
import { createCompany, readCompanySources } from '../../gateway/all-in-one/company.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import type { Audit, AuditSink } from '../../gateway/audit/audit.ts';
import { type AuditEntry, foundBy } from '../../gateway/audit/entry.ts';
import type { Authorization } from '../../gateway/authorization.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { ANONYMOUS, type Caller } from '../../gateway/tokens/caller.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { type GraphQLAnswer, post } from '../contract/gateway-fixture.ts';
import { palarniaDataset } from '../contract/identity-company.ts';
import { sealer } from '../unit/identity-world.ts';

export const log = createLogger({ level: 'silent', name: 'test' });
const supergraphSdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

export const support: Caller = {
  ...ANONYMOUS,
  isAuthenticated: true,
  clientId: 'support',
  issuer: 'https://issuer.example',
  subject: 'agent-7',
  actor: { id: 'agent-7', name: 'Jan Zieliński' },
  rows: ALL_ROWS,
  scopes: new Set(
    'customers:read customers:pii customers:tax-id orders:read invoices:read payments:read finance:receivables activities:read'.split(
      ' ',
    ),
  ),
};

export function withScopes(scopes: string, caller: Caller = support): Caller {
  return { ...caller, scopes: new Set(scopes.split(' ')) };
}

/** Keeps entries in memory. */
export function createMemorySink() {
  const entries: AuditEntry[] = [];
  const sink: AuditSink = {
    name: 'memory',
    write: async (entry) => {
      entries.push(entry);
    },
    close: async () => {},
  };
  return { sink, entries };
}

export function entriesOf(entries: readonly AuditEntry[], reference: string): AuditEntry[] {
  return entries.filter((entry) => foundBy(entry).includes(reference));
}

/** The product's gateway with an audit, over its own subgraphs and the sandbox; callers are told apart without tokens. */
export async function startAuditedCompany(audit: Audit) {
  const sandbox = await startSandbox({ dataset: palarniaDataset() });
  const company = createCompany(readCompanySources(sandboxEnvironment(sandbox)), {
    sealer,
    clock: sandbox.clock,
    log,
    publicUrl: 'http://graph.test',
  });
  const callers = new Map<string, Caller>();
  const authorization: Authorization = {
    authenticate: async ({ authorization: token = '' }) => callers.get(token) ?? ANONYMOUS,
    undeclaredFields: 'authenticated',
    policies: new Map(),
    sign: null,
  };
  const transportOf = ({ name }: { name: string }) => company.transportOf(name);
  const gateway = await createGateway({ supergraphSdl, transportOf, log, authorization, audit });
  const { url } = await gateway.listen({ port: 0 });

  async function ask(query: string, { caller = support, variables = {} }: Asked = {}) {
    const token = `Bearer ${callers.size}`;
    callers.set(token, caller);
    const response = await post(`${url}/graphql`, { query, variables }, { authorization: token });
    // Cast: the gateway answers GraphQL, and tests say what they expect.
    const body = (await response.json()) as GraphQLAnswer;
    return { status: response.status, requestId: response.headers.get('x-request-id'), body };
  }

  return {
    ask,
    company,
    sandbox,
    url,
    /** What a caller would send as `Authorization`. */
    tokenOf: (caller: Caller) => {
      callers.set('Bearer given', caller);
      return 'given';
    },
    [Symbol.asyncDispose]: async () => {
      await gateway.close();
      await company.close();
      await sandbox.close();
    },
  };
}

interface Asked {
  caller?: Caller;
  variables?: Record<string, unknown>;
}

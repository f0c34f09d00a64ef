import { generateKeyPairSync } from 'node:crypto';
import type { CallerFacts } from '../../common/caller.ts';
import { CALLER_HEADER, createCallerSigner, createCallerVerifier } from '../../common/caller-header.ts';
import { createLogger } from '../../common/log.ts';
import { parseRowRules } from '../../common/row-rules.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import { createCompany, readCompanySources } from '../../gateway/all-in-one/company.ts';
import { sandboxEnvironment } from '../../gateway/all-in-one/sandbox-environment.ts';
import { createDataset, type Dataset, DEFAULT_AS_OF } from '../../sandbox/data/dataset.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { sealer } from '../unit/identity-world.ts';

export type SubgraphName = 'identity' | 'crm' | 'shop' | 'accounting';

/** Asks one subgraph as the gateway does: with its signed statement of who asks. */
export type Ask = (
  subgraph: SubgraphName,
  query: string,
  variables?: Record<string, unknown>,
) => Promise<ExecutionResultBody>;

/** The four subgraphs in this process over the sandbox's servers; every call is signed. */
export interface RowsWorld extends AsyncDisposable {
  dataset: Dataset;
  sandbox: Sandbox;
  company: ReturnType<typeof createCompany>;
  /** `rows` as they stand in a token. */
  as(rows: unknown, facts?: Partial<CallerFacts>): Ask;
  /** Sends these headers alone. */
  send(
    headers: Record<string, string>,
    subgraph: SubgraphName,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<ExecutionResultBody>;
  sign(rows: unknown, audience: string): Promise<string>;
}

export function callerFacts(rows: unknown, facts: Partial<CallerFacts> = {}): CallerFacts {
  return {
    isAuthenticated: true,
    clientId: 'client',
    subject: 'client',
    scopes: new Set(),
    rows: parseRowRules(rows),
    actor: null,
    ...facts,
  };
}

/** The answer but for its age, which differs from one moment to the next. */
export function ageless({ extensions, ...answer }: ExecutionResultBody): ExecutionResultBody {
  const { freshness: _age, ...others } = extensions ?? {};
  return { ...answer, ...(Object.keys(others).length > 0 ? { extensions: others } : {}) };
}

const SILENT = createLogger({ level: 'silent', name: 'test' });

/** Changes to the records before the servers start. */
type Edit = (dataset: Dataset) => void;

export async function startRows(edit: Edit = () => {}, log = SILENT): Promise<RowsWorld> {
  const dataset = createDataset({ customers: 150, asOf: DEFAULT_AS_OF });
  edit(dataset);
  const sandbox = await startSandbox({ dataset });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signer = createCallerSigner({ privateKey, rowRules: null });
  const company = createCompany(readCompanySources(sandboxEnvironment(sandbox)), {
    sealer,
    clock: sandbox.clock,
    log,
    publicUrl: 'http://graph.test',
    verifierOf: (audience) => createCallerVerifier({ publicKeys: [publicKey], audience, rowRules: null }),
  });
  const send: RowsWorld['send'] = (headers, subgraph, query, variables) => {
    const call = { requestId: 'r1', signal: AbortSignal.timeout(60_000), headers };
    return company.transportOf(subgraph).execute({ query, variables: variables ?? null }, call);
  };
  return {
    dataset,
    sandbox,
    company,
    send,
    sign: (rows, audience) => signer(callerFacts(rows), audience),
    as: (rows, more) => {
      const facts = callerFacts(rows, more);
      return async (subgraph, query, variables) =>
        send({ [CALLER_HEADER]: await signer(facts, subgraph) }, subgraph, query, variables);
    },
    [Symbol.asyncDispose]: async () => {
      await company.close();
      await sandbox.close();
    },
  };
}

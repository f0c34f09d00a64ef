import { createClock, type SettableClock } from '../../common/clock.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import type { AccountingSource } from '../../subgraphs/accounting/source.ts';
import { type AccountingSubgraph, createAccountingSubgraph } from '../../subgraphs/accounting/subgraph.ts';
import type { Identifier, PartyAnswer } from '../../subgraphs/shared/party.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';
import type { CallContext } from '../../subgraphs/shared/upstream/context.ts';

export const sealer = createSealer([{ id: 'k1', secret: Buffer.alloc(32, 7) }]);

export function callContext(): CallContext {
  return { requestId: 'test', signal: AbortSignal.timeout(20_000), notProvided: () => {} };
}

export interface AccountingGraph {
  subgraph: AccountingSubgraph;
  clock: SettableClock;
  ask(query: string, variables?: Record<string, unknown>): Promise<ExecutionResultBody>;
  /** The fields of a customer that identity has given these references. */
  askCustomer(references: readonly string[], fields: string): Promise<ExecutionResultBody>;
  /** The documents of an order that a shop has sealed. */
  askOrder(order: Partial<SealedOrder>, fields: string): Promise<ExecutionResultBody>;
  parties(identifiers: readonly Identifier[]): Promise<PartyAnswer>;
}

export interface SealedOrder {
  number: string;
  email: string;
  taxIdKey: string;
  gross: string;
  currency: string;
  shops: 'single' | 'multi';
}

const ORDER: SealedOrder = {
  number: '1001',
  email: '',
  taxIdKey: '',
  gross: '72.57',
  currency: 'PLN',
  shops: 'single',
};

/** The accounting subgraph over sources that the test started; today is 2 November 2026. */
export function createAccountingGraph(sources: readonly AccountingSource[]): AccountingGraph {
  const clock = createClock({ asOf: new Date('2026-11-02T09:00:00Z') });
  const documentsBaseUrl = 'http://graph.test';
  const subgraph = createAccountingSubgraph({ sources, sealer, clock, documentsBaseUrl });
  const options = () => ({ requestId: 'test', signal: AbortSignal.timeout(20_000), headers: {} });
  const ask: AccountingGraph['ask'] = (query, variables) => subgraph.transport.execute({ query, variables }, options());
  const askEntity = (typename: string, representation: Record<string, string>, fields: string) => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${typename} { ${fields} } } }`;
    return ask(query, { r: [{ __typename: typename, ...representation }] });
  };
  return {
    subgraph,
    clock,
    ask,
    askCustomer: (references, fields) =>
      askEntity('Customer', { records: sealer.seal('records', [references[0] ?? '', ...references]) }, fields),
    askOrder: (order, fields) => {
      const { number, email, taxIdKey, gross, currency, shops } = { ...ORDER, ...order };
      const orderRef = sealer.seal('orderRef', ['woo', number, email, taxIdKey, gross, currency, shops]);
      return askEntity('Order', { id: 'woo:order:1', orderRef }, fields);
    },
    parties: (identifiers) => subgraph.parties!.parties({ identifiers }, callContext()),
  };
}

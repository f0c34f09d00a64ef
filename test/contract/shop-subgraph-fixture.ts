import { createClock } from '../../common/clock.ts';
import type { ExecutionResultBody } from '../../common/transport.ts';
import type { Identifier, PartyAnswer } from '../../subgraphs/shared/party.ts';
import { createSealer } from '../../subgraphs/shared/seal.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';
import type { ShopSource } from '../../subgraphs/shop/source.ts';
import { createShopSubgraph } from '../../subgraphs/shop/subgraph.ts';
import { callContext } from './shop-contract.ts';

export const sealer = createSealer([{ id: 'k1', secret: Buffer.alloc(32, 7) }]);

export interface ShopGraph {
  subgraph: Subgraph;
  ask(query: string, variables?: Record<string, unknown>): Promise<ExecutionResultBody>;
  /** The fields of a customer that identity has given these references. */
  askCustomer(references: readonly string[], fields: string): Promise<ExecutionResultBody>;
  parties(identifiers: readonly Identifier[]): Promise<PartyAnswer>;
}

/** The shop subgraph over sources that the test started. */
export function createShopGraph(sources: readonly ShopSource[]): ShopGraph {
  const subgraph = createShopSubgraph({ sources, sealer, clock: createClock() });
  const options = { requestId: 'test', signal: AbortSignal.timeout(20_000), headers: {} };
  const ask: ShopGraph['ask'] = (query, variables) => subgraph.transport.execute({ query, variables }, options);
  return {
    subgraph,
    ask,
    askCustomer: (references, fields) => {
      const records = sealer.seal('records', [references[0] ?? '', ...references]);
      const representations = [{ __typename: 'Customer', records }];
      const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { ${fields} } } }`;
      return ask(query, { representations });
    },
    parties: (identifiers) => subgraph.parties!.parties({ identifiers }, callContext()),
  };
}

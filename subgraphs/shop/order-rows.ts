import type { IdentityPort, SignedCaller } from '../shared/identity-port.ts';
import {
  createPartyRows,
  forParties,
  keepSeen,
  type PartyRows,
  readSeen,
  withoutChannels,
} from '../shared/party-rows.ts';
import type { Sealer } from '../shared/seal.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import type { Order } from './model.ts';
import { buyerReference } from './party-reference.ts';

/** Which orders a caller may see: those of the caller's customers, and of the caller's channels. */
export interface OrderRows {
  kind: PartyRows['kind'];
  /** Null: any. */
  channels: readonly string[] | null;
  /** Null where the caller may not see it, as where there is none. */
  read(read: () => Promise<Order | null>): Promise<Order | null>;
  /** Those that the caller may see, in the order given. */
  keep(orders: readonly Order[]): Promise<Order[]>;
  /** The records of the caller's customers, if they are few enough to be listed. */
  records: PartyRows['records'];
  /** Customers have no channel: under a rule on channels nobody is seen. */
  customers: PartyRows;
}

interface OrderRowsDeps {
  caller: SignedCaller;
  identity: IdentityPort | null;
  sealer: Sealer;
}

export function createOrderRows({ caller, identity, sealer }: OrderRowsDeps, call: CallContext): OrderRows {
  const { rows: rules } = caller.facts;
  const channels = rules.kind === 'restricted' ? rules.channels : null;
  const parties = createPartyRows({ rules: withoutChannels(rules), caller, identity }, call);
  const customers = channels ? createPartyRows({ rules: forParties(rules), caller, identity }, call) : parties;
  const isSold = ({ channel }: Order) => channels === null || (channel !== null && channels.includes(channel.code));
  const partiesOf = ({ source, buyer }: Order) => [buyerReference(sealer, source.source, buyer)];
  return {
    kind: parties.kind === 'all' && channels !== null ? 'some' : parties.kind,
    channels,
    read: (read) =>
      readSeen(
        parties,
        async () => {
          const order = await read();
          return order !== null && isSold(order) ? order : null;
        },
        partiesOf,
      ),
    keep: (orders) => keepSeen(parties, orders.filter(isSold), partiesOf),
    records: parties.records,
    customers,
  };
}

import { CodedError } from '../../common/errors.ts';
import type { SourceStatus } from '../shared/source-status.ts';
import type { CallContext } from '../shared/upstream/context.ts';
import { DOMAINS, type Domain, type PartyPorts } from './domains.ts';

/** The systems of all domains. A domain that can't be asked stands for its systems, which it alone knows. */
export async function listSources(ports: PartyPorts, call: CallContext): Promise<SourceStatus[]> {
  const lists = await Promise.all(
    DOMAINS.map(async (domain) => {
      try {
        return (await ports[domain].sources?.(call)) ?? [];
      } catch (error) {
        if (!(error instanceof CodedError) || call.signal.aborted) throw error;
        return [unreachable(domain, error)];
      }
    }),
  );
  return lists.flat();
}

const SYSTEM_OF = { crm: 'CRM', shop: 'SHOP', accounting: 'ACCOUNTING' } as const;

function unreachable(domain: Domain, { code }: CodedError): SourceStatus {
  return {
    name: domain,
    vendor: 'jeden',
    system: SYSTEM_OF[domain],
    status: 'DOWN',
    lastSuccessAt: null,
    lastFailure: { code, at: new Date().toISOString() },
    errorRate: null,
    circuit: 'CLOSED',
    budget: null,
    sync: null,
  };
}

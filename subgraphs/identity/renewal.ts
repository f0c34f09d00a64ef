import { createBackgroundContext } from '../shared/upstream/context.ts';
import { DOMAINS } from './domains.ts';
import { createIdentities, type IdentityDeps } from './identities.ts';
import type { IdentifiedCustomer } from './model.ts';
import { ENDLESS_PATIENCE, type Patience } from './patience.ts';

/** A system that fails half of its calls is not made to bear more. */
const AT_ONCE = 2;
/** Of all calls for one customer together, with their repeats. */
const TIMEOUT_MS = 10_000;

/**
 * Works out again, behind the answer, whom the last known customer has stood in for while a source needs repeats. Where
 * one is down or silent there is nothing to be had: others find out when it is back.
 */
export function createRenewal(deps: IdentityDeps, patience: Patience): (customer: IdentifiedCustomer) => void {
  const { log } = deps;
  const underWay = new Set<string>();
  const patient = { ...deps, patience: { ...ENDLESS_PATIENCE, heard: patience.heard } };

  async function renew(id: string): Promise<void> {
    underWay.add(id);
    const call = createBackgroundContext({ priority: 'sync', timeoutMs: TIMEOUT_MS });
    try {
      await createIdentities(patient, call).allByReference(id);
    } catch (error) {
      log?.debug({ err: error, requestId: call.requestId }, 'a customer could not be worked out again');
    } finally {
      underWay.delete(id);
    }
  }

  return ({ id }) => {
    const isStrained = DOMAINS.some((domain) => patience.strained(domain).length > 0);
    if (isStrained && underWay.size < AT_ONCE && !underWay.has(id)) void renew(id);
  };
}

import type { SettableClock } from '../../common/clock.ts';
import type { CallRecorder, CallReport } from './calls.ts';
import { type FaultStore, type Faults, faultsSchema } from './faults.ts';
import { VENDORS, type Vendor } from './vendors.ts';
import type { Webhooks, WebhookTargets } from './webhooks/webhooks.ts';

/** Steers a running sandbox and tells what reached it. */
export interface SandboxControl {
  /** Changes the named faults and leaves the others: `control.set('woo', { latencyMs: 200 })`. */
  set(vendor: Vendor, faults: Partial<Faults>): void;
  faults(vendor: Vendor): Faults;
  /** Back to how the sandbox started; without a vendor, all three. */
  reset(vendor?: Vendor): void;
  /** Requests that reached each server since the start or the last `resetCalls`, failed ones included. */
  calls(): CallReport;
  resetCalls(): void;
  /** Sets the shared business clock; null lets it run. */
  setAsOf(asOf: Date | null): void;
  setWebhookTarget<V extends keyof WebhookTargets>(vendor: V, target: WebhookTargets[V]): void;
  /** Resolves when every webhook has been delivered or given up. */
  webhooksIdle(): Promise<void>;
}

interface Parts {
  faults: FaultStore;
  calls: CallRecorder;
  clock: SettableClock;
  webhooks: Webhooks;
}

export function createControl({ faults, calls, clock, webhooks }: Parts): SandboxControl {
  return {
    set: (vendor, change) => faults.set(vendor, faultsSchema.partial().parse(change)),
    faults: faults.get,
    reset: (vendor) => {
      for (const each of vendor === undefined ? VENDORS : [vendor]) faults.reset(each);
    },
    calls: calls.report,
    resetCalls: calls.reset,
    setAsOf: clock.set,
    setWebhookTarget: webhooks.setTarget,
    webhooksIdle: webhooks.idle,
  };
}

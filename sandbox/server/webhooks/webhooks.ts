import { z } from 'zod';
import type { Clock } from '../../../common/clock.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { ChangeBus } from '../changes.ts';
import { createDeliveries } from './deliveries.ts';
import { createFakturowniaWebhooks } from './fakturownia.ts';
import { createHubspotWebhooks, type HubspotWebhookTimings } from './hubspot.ts';
import { createWooWebhooks } from './woo.ts';

const url = z.url({ protocol: /^https?$/ });

/** Where each vendor sends its webhooks, and the secret it proves itself by. */
export const webhookTargetSchemas = {
  hubspot: z.strictObject({ url, signedUrl: url.optional(), clientSecret: z.string().min(1) }),
  woo: z.strictObject({ url, secret: z.string().min(1) }),
  fakturownia: z.strictObject({ url, apiToken: z.string().min(1) }),
} as const;

export type WebhookTargets = {
  -readonly [V in keyof typeof webhookTargetSchemas]: z.infer<(typeof webhookTargetSchemas)[V]> | null;
};

export interface Webhooks {
  setTarget<V extends keyof WebhookTargets>(vendor: V, target: WebhookTargets[V]): void;
  /** Resolves when every delivery has ended, retries included. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface WebhookOptions {
  dataset: Dataset;
  clock: Clock;
  changes: ChangeBus;
  siteUrl(): string;
  onFailure(error: unknown): void;
  timings?: Partial<HubspotWebhookTimings>;
}

/** Tells the targets of every change of a record, each as its vendor does. */
export function createWebhooks({ dataset, clock, changes, siteUrl, onFailure, timings }: WebhookOptions): Webhooks {
  const targets: WebhookTargets = { hubspot: null, woo: null, fakturownia: null };
  const deliveries = createDeliveries(onFailure);
  const { portalId } = dataset.hubspot;
  const sendHubspot = createHubspotWebhooks({
    target: () => targets.hubspot,
    deliveries,
    portalId,
    clock,
    timings: { batchMs: 50, retryMs: 1_000, ...timings },
  });
  const woo = createWooWebhooks({
    target: () => targets.woo,
    disable: () => {
      targets.woo = null;
    },
    deliveries,
    store: dataset.woo,
    siteUrl,
  });
  const sendFakturownia = createFakturowniaWebhooks({
    target: () => targets.fakturownia,
    deliveries,
    store: dataset.fakturownia,
    clock,
  });
  changes.subscribe((change) => {
    if (change.vendor === 'hubspot') sendHubspot(change);
    else if (change.vendor === 'woo') woo.send(change);
    else sendFakturownia(change);
  });
  return {
    setTarget: (vendor, target) => {
      targets[vendor] = target;
      if (vendor === 'woo' && targets.woo !== null) woo.ping(targets.woo);
    },
    idle: deliveries.idle,
    close: deliveries.close,
  };
}

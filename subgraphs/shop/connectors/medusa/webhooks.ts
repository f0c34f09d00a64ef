import { z } from 'zod';
import { verifyBasicAuth } from '../../../shared/webhooks/basic-auth.ts';
import { verifyBodyHmac } from '../../../shared/webhooks/body-hmac.ts';
import { parseJsonBody, type SourceWebhook, type WebhookChange } from '../../../shared/webhooks/webhook.ts';

export interface MedusaWebhookConfig {
  name: string;
  proof: MedusaProof;
}

/** How the sender proves itself: by a signature, or, where it is a tool that can't sign, by a name and a password. */
export type MedusaProof = { kind: 'signature'; secret: string } | { kind: 'basic'; credentials: string };

/** Medusa sends no webhooks: a subscriber of the shop's own does (NOTES.md has one), with the event as Medusa names it. */
export function createMedusaWebhook({ name, proof }: MedusaWebhookConfig): SourceWebhook {
  return {
    source: name,
    verify:
      proof.kind === 'signature'
        ? verifyBodyHmac({ header: 'x-webhook-signature', secret: proof.secret })
        : verifyBasicAuth({ credentials: proof.credentials }),
    read: (request) => {
      const { data: body } = bodySchema.safeParse(parseJsonBody(request));
      return body ? [{ key: body.id ?? null, changes: toChanges(body) }] : null;
    },
  };
}

const id = z
  .string()
  .regex(/^[\w-]{1,128}$/)
  .optional();

const bodySchema = z.object({
  /** Names the event, so that it counts once. */
  id: z.string().min(1).max(200).optional(),
  event: z.string(),
  data: z.object({ id, order_id: id }),
});

type Body = z.output<typeof bodySchema>;

/** `order.fulfillment_created` and its like are about the order that they name. */
function toChanges({ event, data }: Body): WebhookChange[] {
  const [resource, what = ''] = event.split('.');
  const about = data.order_id ?? data.id;
  if ((resource !== 'order' && resource !== 'customer') || about === undefined) return [];
  return [{ type: resource, id: about, event: eventOf(what), places: { told: 'none' } }];
}

function eventOf(what: string): WebhookChange['event'] {
  if (what === 'placed' || what === 'created') return 'created';
  return what === 'deleted' ? 'deleted' : 'updated';
}

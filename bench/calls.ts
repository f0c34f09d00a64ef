import { parseArgs } from 'node:util';
import { type Company, type Replica, startCompany } from '../test/e2e/replicas.ts';
import { measureAfterWebhook } from './calls/after-webhook.ts';
import { measureAtOnce } from './calls/at-once.ts';
import { measureColdAndWarm } from './calls/cold-and-warm.ts';
import { INVALIDATION_KEY } from './calls/forget-all.ts';
import { measureLatency } from './calls/latency.ts';
import { measureOffice } from './calls/office.ts';
import { saveLatencies } from './calls/save-latencies.ts';
import { print } from './measured-process.ts';

/**
 * How many calls to the systems the product needs: cold, warm, after changes, for many at once, and over a day in an
 * office; and how long a customer 360 takes.
 */
const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '20' },
    minutes: { type: 'string', default: '30' },
    speed: { type: 'string', default: '6' },
    /** Of "counts", "latency" and "office". */
    parts: { type: 'string', default: 'counts,latency,office' },
    /** Keeps the latencies under this name, and writes them into the page of the gateway's speed. */
    save: { type: 'string' },
  },
});
const customers = Number(values.customers);
const speed = Number(values.speed);
const parts = values.parts.split(',');

interface Settings {
  limits?: boolean;
  speed?: number;
  env?: Record<string, string>;
}

/** Two replicas over one Redis, and one company's systems, which tell the first of every change. */
async function withReplicas<T>(
  { limits = false, speed: limitSpeed = 1, env = {} }: Settings,
  measure: (company: Company, replicas: Replica[]) => Promise<T>,
): Promise<T> {
  await using company = await startCompany({
    sandbox: { customers: 1000, limits, limitSpeed },
    env: { CACHE_INVALIDATION_KEY: INVALIDATION_KEY, ...env },
  });
  const replicas = [await company.startReplica(), await company.startReplica()];
  company.sendWebhooksTo(replicas[0]!);
  return await measure(company, replicas);
}

/** An hour, of the office's time. */
const HOUR = `${3_600_000 / speed}ms`;
const OFFICE_SETTINGS = {
  // What a company sets whose systems send webhooks: a change is told, so what is not told has not changed.
  CACHE_TTL: `*:*=${HOUR}/${HOUR}/${HOUR}`,
  // The sandbox's limits, as many times higher as the office is faster, less a tenth: who changes things there counts too.
  HUBSPOT_SEARCHES_PER_SECOND: `${4 * speed}`,
  WOO_CALLS_PER_SECOND: `${18 * speed}`,
  FAKTUROWNIA_CALLS_PER_SECOND: `${9 * speed}`,
};

const counted = parts.includes('counts')
  ? await withReplicas({}, async (company, replicas) => {
      const result = await measureColdAndWarm(company, replicas, customers);
      await measureAfterWebhook(company, replicas, customers);
      await measureAtOnce(company, replicas);
      return result;
    })
  : {};
if (parts.includes('latency')) {
  const latencies = await withReplicas({}, (company, replicas) =>
    measureLatency(company, replicas[0]!, Math.min(customers, 10)),
  );
  if (values.save !== undefined) await saveLatencies(values.save, latencies);
}
const saved = parts.includes('office')
  ? await withReplicas({ limits: true, speed, env: OFFICE_SETTINGS }, (company, replicas) =>
      measureOffice(company, replicas, {
        minutes: Number(values.minutes),
        speed,
        supportUsers: 200,
        partners: 20,
        customers: 1000,
        changesPerMinute: 20,
      }),
    )
  : {};
print(JSON.stringify({ ...counted, ...saved }));

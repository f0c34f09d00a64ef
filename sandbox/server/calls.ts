import { perVendor, type Vendor } from './vendors.ts';

/** One request that reached a server. Values of the query are not kept: they may be secrets. */
interface Call {
  readonly vendor: Vendor;
  /** `GET /wp-json/wc/v3/orders/:id` */
  readonly route: string;
  /** Names in the query string, sorted, each once. */
  readonly queryKeys: readonly string[];
}

interface VendorCalls {
  readonly total: number;
  /** Those answered with 429. */
  readonly refused: number;
  readonly byRoute: Readonly<Record<string, number>>;
  /** The latest 10,000, oldest first. */
  readonly list: readonly Call[];
}

export type CallReport = Readonly<Record<Vendor, VendorCalls>>;

export interface CallRecorder {
  record(call: Call): void;
  refused(vendor: Vendor): void;
  report(): CallReport;
  reset(): void;
}

const KEPT_CALLS = 10_000;

interface Counters {
  total: number;
  refused: number;
  byRoute: Map<string, number>;
  list: Call[];
}

export function createCallRecorder(): CallRecorder {
  const fresh = () => perVendor((): Counters => ({ total: 0, refused: 0, byRoute: new Map(), list: [] }));
  let counters = fresh();
  return {
    record: (call) => count(counters[call.vendor], call),
    refused: (vendor) => {
      counters[vendor].refused += 1;
    },
    report: () =>
      perVendor((vendor) => ({
        total: counters[vendor].total,
        refused: counters[vendor].refused,
        byRoute: Object.fromEntries(counters[vendor].byRoute),
        list: [...counters[vendor].list],
      })),
    reset: () => {
      counters = fresh();
    },
  };
}

function count(counters: Counters, call: Call): void {
  counters.total += 1;
  counters.byRoute.set(call.route, (counters.byRoute.get(call.route) ?? 0) + 1);
  counters.list.push(call);
  // Dropped in bulk: shifting one at a time would cost a copy a request.
  if (counters.list.length > KEPT_CALLS * 2) counters.list.splice(0, counters.list.length - KEPT_CALLS);
}

/** One thing that somebody asks, or that changes at a system, in a simulated office. */
export type OfficeEvent = { atMs: number } & (
  | { kind: 'case'; customer: number }
  | { kind: 'orders'; customer: number }
  | { kind: 'order-changed' | 'contact-changed' | 'paid'; customer: number }
);

export interface Office {
  minutes: number;
  supportUsers: number;
  partners: number;
  customers: number;
  changesPerMinute: number;
}

/** A support user works on one customer for so long, and the tool on the screen asks anew so often. */
const CASE_MS = 5 * 60_000;
const POLL_MS = 15_000;
/** A partner's program asks for the orders of its next customer. */
const PARTNER_MS = 10_000;
const PARTNER_CUSTOMERS = 10;

/**
 * What happens in the office, in order. Customers by Zipf's law: the second is asked for half as often as the first.
 * The same office gives the same trace.
 */
export function simulateOffice(office: Office, random: () => number): OfficeEvent[] {
  const { minutes, supportUsers, partners, customers, changesPerMinute } = office;
  const endMs = minutes * 60_000;
  const pick = zipf(customers, random);
  const events: OfficeEvent[] = [];
  for (let user = 0; user < supportUsers; user += 1) {
    // They come to work within the first case's time.
    for (let start = random() * CASE_MS; start < endMs; start += CASE_MS) {
      const customer = pick();
      for (let at = start; at < Math.min(start + CASE_MS, endMs); at += POLL_MS) {
        events.push({ atMs: at, kind: 'case', customer });
      }
    }
  }
  for (let partner = 0; partner < partners; partner += 1) {
    const own = Array.from({ length: PARTNER_CUSTOMERS }, () => Math.floor(random() * customers));
    let turn = 0;
    for (let at = random() * PARTNER_MS; at < endMs; at += PARTNER_MS) {
      events.push({ atMs: at, kind: 'orders', customer: own[turn % own.length]! });
      turn += 1;
    }
  }
  const kinds = ['order-changed', 'contact-changed', 'paid'] as const;
  for (let change = 0; change < minutes * changesPerMinute; change += 1) {
    events.push({ atMs: random() * endMs, kind: kinds[change % kinds.length]!, customer: pick() });
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}

function zipf(count: number, random: () => number): () => number {
  const sums: number[] = [];
  for (let rank = 1; rank <= count; rank += 1) sums.push((sums.at(-1) ?? 0) + 1 / rank);
  const total = sums.at(-1)!;
  return () => {
    const wanted = random() * total;
    return sums.findIndex((sum) => sum >= wanted);
  };
}

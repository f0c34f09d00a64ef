import { setTimeout as pause } from 'node:timers/promises';
import { DOMAINS, type Domain, isOutage, type PartyPorts, type Unavailable } from './domains.ts';
import type { Answer } from './party-reader.ts';

/**
 * How long a domain is waited for where the last known customer can stand in: a system that hangs, or that answers only
 * to repeats, must not hold up what the others tell. Kept by the process, so that not everybody waits in vain.
 */
export interface Patience {
  /** What the domain answers; null where that takes too long, has lately taken others too long, or needs repeats. */
  wait(domain: Domain, ask: () => Promise<Answer[]>): Promise<Answer[] | null>;
  /** Takes note of what an answer of the domain says of its sources. */
  heard(domain: Domain, strained: readonly Unavailable[]): void;
  /** Sources of the domain that need repeats just now. */
  strained(domain: Domain): readonly Unavailable[];
}

/** For what must be complete rather than soon. */
export const ENDLESS_PATIENCE: Patience = {
  wait: (_domain, ask) => ask(),
  heard: () => {},
  strained: () => [],
};

/** Longer than a healthy system takes for the few calls of one look-up, and short enough for who waits for the others. */
const LEAST_MS = 1500;
/** By then a call to a vendor has ended, unless it was told to wait longer. */
const MOST_MS = 10_000;
/** A system that is always slow is waited for twice as long as its slowest answer lately took. */
const TIMES = 2;
const REMEMBERED = 10;
/** What a stall of this process lasts must not count against the domain: in slices, each stall counts as one. */
const SLICE_MS = 100;
/** By then somebody has asked anew, behind a customer who was told without it. */
const STRAINED_MS = 5000;

/** `ports` of this process are asked themselves how their sources do. */
export function createPatience(ports: Partial<PartyPorts> = {}): Patience {
  const heard = new Map<Domain, { sources: readonly Unavailable[]; untilMs: number }>();
  const lastHeard = (domain: Domain) => {
    const strain = heard.get(domain);
    return strain && performance.now() < strain.untilMs ? strain.sources : [];
  };
  const strained = (domain: Domain) => ports[domain]?.strained?.() ?? lastHeard(domain);
  const lines = new Map(DOMAINS.map((domain) => [domain, createLine(() => strained(domain).length > 0)]));
  return {
    wait: async (domain, ask) => (strained(domain).length > 0 ? null : lines.get(domain)!(ask)),
    heard: (domain, sources) => heard.set(domain, { sources, untilMs: performance.now() + STRAINED_MS }),
    strained,
  };
}

function createLine(isStrained: () => boolean): (ask: () => Promise<Answer[]>) => Promise<Answer[] | null> {
  const latestMs: number[] = [];
  /** Nobody waits for them, but what becomes of them shows whether the domain answers again. */
  const abandoned = new Set<Promise<unknown>>();
  let isSilent = false;

  const patienceMs = () => Math.min(Math.max(LEAST_MS, ...latestMs.map((ms) => ms * TIMES)), MOST_MS);

  /** Asks, and answers in time whether there was an answer. */
  function begin(ask: () => Promise<Answer[]>) {
    const beganAt = performance.now();
    const answer = ask();
    answer.then(
      (answers) => {
        if (!isWell(answers)) return;
        latestMs.push(performance.now() - beganAt);
        if (latestMs.length > REMEMBERED) latestMs.shift();
      },
      () => {},
    );
    return { answer, inTime: settlesWithin(answer, { ms: patienceMs(), stop: isStrained }) };
  }

  async function follow({ answer, inTime }: ReturnType<typeof begin>): Promise<void> {
    abandoned.add(answer);
    try {
      const answers = await answer;
      // A failure that comes at once needs no patience either, and says more.
      if (isWell(answers) || (await inTime)) isSilent = false;
    } catch {
      // Its request ended: that tells nothing of the domain.
    } finally {
      abandoned.delete(answer);
    }
  }

  return async (ask) => {
    if (isSilent) {
      if (abandoned.size === 0) void follow(begin(ask));
      return null;
    }
    const call = begin(ask);
    if (await call.inTime) return call.answer;
    if (isStrained()) return null;
    isSilent = true;
    void follow(call);
    return null;
  };
}

function isWell(answers: readonly Answer[]): boolean {
  return !answers.some(({ failures }) => failures.some(isOutage));
}

async function settlesWithin(
  answer: Promise<unknown>,
  { ms, stop }: { ms: number; stop: () => boolean },
): Promise<boolean> {
  const settled = answer.then(
    () => true,
    () => true,
  );
  for (let waitedMs = 0; waitedMs < ms; waitedMs += SLICE_MS) {
    if (await Promise.race([settled, pause(SLICE_MS, false, { ref: false })])) return true;
    if (stop()) return false;
  }
  return false;
}

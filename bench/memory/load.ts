import { setTimeout as pause } from 'node:timers/promises';
import type { Callers } from './callers.ts';
import { type LoadRequest, requestAt, searchRequest, tokenRequest } from './requests.ts';
import type { Sender } from './send.ts';

/** The load of one run, which goes on in the same turns from one supergraph to the next. */
export interface Load {
  /** Fills the gateway's caches of tokens and of subgraphs' answers by so many requests for each. */
  fillCaches(count: number): Promise<void>;
  /** From now until the work is done, at a steady rate. */
  sendDuring(work: Promise<void>): Promise<void>;
  /** So many, spread evenly until then (`performance.now()`); resolves when all are answered. */
  send(count: number, config: { edition: number; untilMs: number }): Promise<void>;
  /** What came of those since it was asked last. */
  take(): LoadOutcome;
}

export interface LoadOutcome {
  sent: number;
  /** Answers that were not what had to come. */
  surprises: readonly string[];
}

const CLIENTS = 12;
const STEADY_MS = 50;

export function createLoad(sender: Sender, callers: Callers): Load {
  let number = 0;
  let outcome: { sent: number; surprises: string[] } = { sent: 0, surprises: [] };

  async function sendOne(request: LoadRequest): Promise<void> {
    const surprise = await sender.send(request);
    outcome.sent += 1;
    if (surprise !== null) outcome.surprises.push(surprise);
  }

  const next = (edition: number | null) => sendOne(requestAt({ number: number++, edition, callers }));

  return {
    fillCaches: (count) =>
      inTurns(count, async () => {
        const turn = { number: number++, edition: null, callers };
        await sendOne(tokenRequest(turn));
        await sendOne(searchRequest(turn));
      }),
    async sendDuring(work) {
      const sent: Promise<void>[] = [];
      let isOver = false;
      const working = work.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        // Both supergraphs are served meanwhile.
        sent.push(next(null));
        await pause(STEADY_MS);
      }
      await Promise.all([working, ...sent]);
    },
    async send(count, { edition, untilMs }) {
      const began = performance.now();
      await inTurns(count, async (turn) => {
        await pause(Math.max(began + (turn * (untilMs - began)) / count - performance.now(), 0));
        await next(edition);
      });
    },
    take() {
      const taken = outcome;
      outcome = { sent: 0, surprises: [] };
      return taken;
    },
  };
}

/** A few at a time. */
async function inTurns(count: number, work: (turn: number) => Promise<void>): Promise<void> {
  let turn = 0;
  const client = async () => {
    while (turn < count) await work(turn++);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

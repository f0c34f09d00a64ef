import { Cancellation, type ExecutionResultBody, type ReceivedAnswer } from '../../common/transport.ts';

/** Calls to subgraphs that are under way, so that requests that ask the same at the same time may share one. */
export interface SharedCalls {
  join(question: Question): JoinedCall;
  /** What has begun is joined by nobody any more: something has been changed since. */
  forget(): void;
}

export interface Question {
  /** Equal for calls that ask the same, with the same rights and claims; null for one that nobody may share. */
  key: string | null;
  /** When whoever joins stops waiting, by `performance.now()`. */
  endsAt: number;
  send(cancellation: Cancellation): Promise<ReceivedAnswer>;
}

export interface JoinedCall {
  answer: Promise<ReceivedAnswer>;
  /** Its answer, once it is there. */
  read(received: ReceivedAnswer): Answered;
  /** Stops waiting; the last one ends the call. */
  leave(): void;
}

/** What a subgraph answered. */
export interface Answered {
  body: ExecutionResultBody;
  /** Others have the same object: nobody may change it. */
  isShared: boolean;
}

interface OpenCall extends JoinedCall {
  startedAt: number;
  endsAt: number;
}

/** Calls that end sooner than whoever joins would wait are not joined; so much is as good as equal. */
const SAME_END_MS = 100;

/** `windowMs`: how much older than a request a call may be that it shares: what it answers may be as old. 0: none is shared. */
export function createSharedCalls(windowMs: number): SharedCalls {
  const open = new Map<string, OpenCall & { users: number }>();

  function begin({ key, endsAt, send }: Question): OpenCall & { users: number } {
    const cancellation = new Cancellation();
    let parsed: ExecutionResultBody | null = null;
    const call: OpenCall & { users: number } = {
      startedAt: performance.now(),
      endsAt,
      users: 1,
      answer: send(cancellation),
      read: (received) => {
        parsed ??= received.parse();
        return { body: parsed, isShared: call.users > 1 };
      },
      leave: () => {
        call.users -= 1;
        if (call.users > 0) return;
        end();
        cancellation.cancel();
      },
    };
    const end = () => {
      if (key !== null && open.get(key) === call) open.delete(key);
    };
    if (key !== null) {
      open.set(key, call);
      call.answer.then(end, end);
    }
    return call;
  }

  return {
    join(question) {
      const { key, endsAt } = question;
      const known = key === null || windowMs === 0 ? undefined : open.get(key);
      const mayJoin =
        known !== undefined && performance.now() - known.startedAt <= windowMs && known.endsAt >= endsAt - SAME_END_MS;
      if (!mayJoin) return begin(windowMs === 0 ? { ...question, key: null } : question);
      known.users += 1;
      return known;
    },
    forget: () => open.clear(),
  };
}

/** Of each kind of discrepancy one in so many occasions becomes one. */
const EVERY = 20;

/** The first comes early, so that a small company has it too. */
const HEAD_START = 14;

/** Whether this occasion is the next one that a kind is due for. An occasion that is not free is made up for later. */
export type Quota = (kind: string, isFree?: boolean) => boolean;

export function createQuota(): Quota {
  const counts = new Map<string, { occasions: number; taken: number }>();
  return (kind, isFree = true) => {
    const count = counts.get(kind) ?? { occasions: 0, taken: 0 };
    counts.set(kind, count);
    count.occasions += 1;
    if (!isFree || count.taken >= Math.floor((count.occasions + HEAD_START) / EVERY)) return false;
    count.taken += 1;
    return true;
  };
}

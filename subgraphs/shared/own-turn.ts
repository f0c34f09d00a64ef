/** At one a turn the process would change over so often that a tenth of what it can do under load is lost. */
const A_TURN = 2;

const waiting: (() => void)[] = [];
let begun = 0;

/**
 * For what computes for milliseconds, before it begins: null when it may at once. A promise when others have begun in this
 * turn of the event loop: in the next one the process first answers whoever else has come.
 */
export function ownTurn(): Promise<void> | null {
  if (begun >= A_TURN) return new Promise((resolve) => waiting.push(resolve));
  if (begun === 0) setImmediate(nextTurn);
  begun += 1;
  return null;
}

function nextTurn(): void {
  const next = waiting.splice(0, A_TURN);
  begun = next.length;
  if (begun > 0) setImmediate(nextTurn);
  for (const begin of next) begin();
}

/** Below this a longer copy is made. */
const SHORT = 16;

/**
 * The list with one more item. V8 keeps room for sixteen more in a list that something was pushed to: half a million lists of
 * one or two items would be mostly that room.
 */
export function appended<T>(list: T[], item: T): T[] {
  if (list.length < SHORT) return list.concat([item]);
  list.push(item);
  return list;
}

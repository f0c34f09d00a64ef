import type { MissedInvalidations } from './missed-invalidations.ts';
import type { RecordKey } from './record-store.ts';
import { type RedisLink, runScript } from './redis-link.ts';
import { ERASED, namesOf, type RedisNames } from './redis-names.ts';
import { BUMP, ERASE, INVALIDATE, type RedisScript } from './redis-scripts.ts';
import type { SourceList } from './redis-sources.ts';

/** Of one step, so that Redis answers others in between. */
const MAX_REMOVED = 1000;

export interface InvalidatorDeps {
  link: RedisLink;
  names: RedisNames;
  sources: SourceList;
  missed: MissedInvalidations;
  now: () => number;
}

/** Removes by tag, in every source: identity's records carry the references of all others. */
export function createInvalidator({ link, names, sources, missed, now }: InvalidatorDeps) {
  const run = (script: RedisScript, keys: string[], args: string[]) =>
    link.tell((client) => runScript(client, script, keys, args));

  async function removeFrom(source: string, tags: readonly string[]): Promise<number> {
    const { base, state, invalidated, tag: indexOf, record } = namesOf(source);
    const hashes = tags.map(names.hash);
    const keysOf = (tag: string, index: number) => [indexOf(hashes[index]!), record(names.hashOf(ownKey(source, tag)))];
    const keys = [state, invalidated, ...tags.flatMap(keysOf)];
    let count = 0;
    for (let step = 'first', isMore = true; isMore; step = 'more') {
      const answer = await run(INVALIDATE, keys, [base, step, String(MAX_REMOVED), ...hashes]);
      if (!Array.isArray(answer)) throw new Error('Redis answered something else than the script returns');
      const [removed, more] = answer;
      count += Number(removed);
      isMore = more === 1;
    }
    return count;
  }

  async function removeEverywhere(tags: readonly string[]): Promise<number> {
    const all = await link.tell(sources.all);
    const counts = await Promise.all(all.map((source) => removeFrom(source, tags)));
    // Its answer comes after what Redis says of the replies that this process keeps.
    await link.tell(() => link.confirm());
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async function invalidate(tags: readonly string[]): Promise<number> {
    try {
      return await removeEverywhere(tags);
    } catch {
      missed.add(new Set(tags));
      link.recover();
      await link.untilNoticed();
      return 0;
    }
  }

  /** The epoch of a tag's own source goes on, whatever its index still has; in the others the tag is removed. */
  async function catchUp(): Promise<void> {
    const tags = missed.take();
    if (tags?.size === 0) return;
    try {
      for (const source of await link.tell(sources.all)) {
        const isConcerned = tags === null || [...tags].some((tag) => tag.startsWith(`${source}:`));
        if (isConcerned) await run(BUMP, [namesOf(source).state], []);
        else await removeFrom(source, [...tags]);
      }
    } catch (error) {
      missed.add(tags);
      throw error;
    }
  }

  /** Fails when Redis cannot be told: nobody may believe that a person is erased who is not. */
  async function erase(tags: readonly string[], untilMs: number): Promise<number> {
    const hashes = tags.map(names.hash);
    const marks = hashes.map((value) => ({ value, score: untilMs }));
    await link.tell((client) => client.zAdd(ERASED, marks));
    await link.tell((client) => client.zRemRangeByScore(ERASED, '-inf', now()));
    for (const source of await link.tell(sources.all)) {
      const { state, erased } = namesOf(source);
      await run(ERASE, [state, erased], [String(now()), ...hashes.flatMap((hash) => [String(untilMs), hash])]);
    }
    return removeEverywhere(tags);
  }

  return { invalidate, catchUp, erase };
}

/** The record of this source whose own tag it is: types have no colon, ids may. */
function ownKey(source: string, tag: string): RecordKey {
  const [, of = '', type = '', id = ''] = /^([^:]*):([^:]*):(.*)$/s.exec(tag) ?? [];
  return of === source ? { source, type, id } : { source, type: '', id: '' };
}

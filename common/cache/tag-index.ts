/** Which keys have which tag, in this process. */
export function createTagIndex<Key>() {
  const keysByTag = new Map<string, Set<Key>>();
  return {
    add: (key: Key, tags: readonly string[]) => {
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        if (keys) keys.add(key);
        else keysByTag.set(tag, new Set([key]));
      }
    },
    remove: (key: Key, tags: readonly string[]) => {
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) keysByTag.delete(tag);
      }
    },
    /** That have any of them. */
    keysOf: (tags: readonly string[]): ReadonlySet<Key> =>
      new Set(tags.flatMap((tag) => [...(keysByTag.get(tag) ?? [])])),
  };
}

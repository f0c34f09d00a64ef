import { cloneData, mergeData } from '../merge-data.ts';
import { type Build, quote, readKey, writeKey } from './source.ts';

type Data = Record<string, unknown>;

/** Puts what came into an object of the answer. `isShared`: the same data is put into several. */
export type Merge = (target: Data, data: Data, isShared: boolean) => void;

export interface MergedKey {
  key: string;
  /** Whether anything else than this fetch may put objects at the key: then the same objects must not stand in several places. */
  isMixed: boolean;
}

/**
 * Compiled for the keys that a fetch brings. Objects are put in as they are, not copied, wherever that is safe. The name
 * of an interface never takes the place of an object type's: a subgraph to which the interface is an object knows no better.
 */
export function compileMerge(keys: readonly MergedKey[], interfaceObjects: ReadonlySet<string>, build: Build): Merge {
  // One object for all: functions are the same only over the same values.
  const interfaces = interfaceObjects.size > 0 ? interfaceObjects : NONE;
  const body = keys.map(({ key, isMixed }) => {
    const isTypename = key === '__typename' && interfaceObjects.size > 0;
    const put = isMixed ? `$merge(t,${quote(key)},v,isShared,$interfaces);` : writeKey('t', key, 'v');
    const wanted = isTypename ? '&&(t.__typename===undefined||!$interfaces.has(v))' : '';
    return `v=${readKey('d', key)};if(v!==undefined${wanted}){${put}}`;
  });
  return build(`return (t,d,isShared)=>{let v;${body.join('')}}`, { $merge: mergeKey, $interfaces: interfaces });
}

const NONE: ReadonlySet<string> = new Set();

function mergeKey(target: Data, key: string, value: unknown, isShared: boolean, interfaces: ReadonlySet<string>): void {
  mergeData(target, { [key]: isShared ? cloneData(value) : value }, interfaces);
}

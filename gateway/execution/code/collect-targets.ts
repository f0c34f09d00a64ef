import type { ResponsePath } from '@apollo/query-planner';
import { type Build, readKey } from './source.ts';

type Data = Record<string, unknown>;

/** Finds the objects that a fetch fills. */
export type CollectTargets = (root: Data) => Data[];

/**
 * Compiles the way down a plan's path. Where an object may stand in several places at once (`isShared` of the path to it),
 * it is entered once: what is filled in there is filled in everywhere.
 */
export function compileTargets(
  path: ResponsePath,
  isShared: (path: ResponsePath) => boolean,
  build: Build,
): CollectTargets {
  const enter = (index: number, at: string): string => {
    const step = path[index];
    if (step === undefined) return `out.push(${at});`;
    const next = `v${index + 1}`;
    if (step === '@') {
      const each = `const ${next}=${at}[i${index}];if(${next}!=null){${enter(index + 1, next)}}`;
      return `for(let i${index}=0;i${index}<${at}.length;i${index}++){${each}}`;
    }
    const inner = enter(index + 1, next);
    const once = isShared(path.slice(0, index + 1)) ? `if(!seen.has(${next})){seen.add(${next});${inner}}` : inner;
    const fits = path[index + 1] === '@' ? `Array.isArray(${next})` : `${next}!=null`;
    return `const ${next}=${readKey(at, String(step))};if(${fits}){${once}}`;
  };
  return build(`return (v0)=>{const out=[];const seen=new Set();${enter(0, 'v0')}return out;}`);
}

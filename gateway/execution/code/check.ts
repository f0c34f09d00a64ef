import type { FieldShape, Shape } from '../../planning/shape.ts';
import { build, readKey } from './source.ts';

type Data = Record<string, unknown>;

/** Whether an object of a subgraph's answer has the shape it should. `typename` is its type where it does not tell itself. */
export type Fits = (object: Data, typename: string | null) => boolean;

/** Compiled, because it looks at every value that comes. What exactly is wrong, `checkShape` tells afterwards. */
export function compileCheck(shape: Shape): Fits {
  const scope: Record<string, unknown> = {};
  let count = 0;
  let body = '';
  const name = (value: unknown): string => {
    const given = `s${count++}`;
    scope[given] = value;
    return given;
  };
  for (const [key, field] of shape) body += checkField(key, field, name);
  return build(
    `return (o,typename)=>{const t=typeof o.__typename==='string'?o.__typename:typename;let v;${body}return true;}`,
    scope,
  );
}

type Name = (value: unknown) => string;

function checkField(key: string, field: FieldShape, name: Name): string {
  const { requiredOn, isNonNull } = field;
  const isRequired = requiredOn === null ? 'true' : `${name(requiredOn)}.has(t)`;
  const whenMissing = `if(${isRequired})return false;`;
  const whenNull = isNonNull ? whenMissing : '';
  const value =
    key === '__typename' ? `if(typeof v!=='string')return false;` : checkValue('v', field, field.lists, name);
  return `v=${readKey('o', key)};if(v===undefined){${whenMissing}}else if(v===null){${whenNull}}else{${value}}`;
}

function checkValue(value: string, field: FieldShape, lists: number, name: Name): string {
  if (lists > 0) {
    const element = `e${lists}`;
    const inner = checkValue(element, field, lists - 1, name);
    if (inner === '') return `if(!Array.isArray(${value}))return false;`;
    const each = `for(const ${element} of ${value})if(${element}!=null){${inner}}`;
    return `if(!Array.isArray(${value}))return false;${each}`;
  }
  if (field.fields === null) return '';
  const fits = name(compileCheck(field.fields));
  return `if(typeof ${value}!=='object'||Array.isArray(${value})||!${fits}(${value},null))return false;`;
}

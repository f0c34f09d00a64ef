import type { FieldShape, Shape } from '../../planning/shape.ts';
import { type Build, quote, readKey } from './source.ts';

type Data = Record<string, unknown>;

/** Whether an object of a subgraph's answer has the shape it should. `typename` is its type where it does not tell itself. */
export type Fits = (object: Data, typename: string | null) => boolean;

/** Compiled, because it looks at every value that comes. What exactly is wrong, `checkShape` tells afterwards. */
export function compileCheck(shape: Shape, build: Build): Fits {
  const scope: Record<string, unknown> = {};
  let count = 0;
  let body = '';
  const checkOf = (fields: Shape): string => {
    const name = `s${count++}`;
    scope[name] = compileCheck(fields, build);
    return name;
  };
  for (const [key, field] of shape) body += checkField(key, field, checkOf);
  return build(
    `return (o,typename)=>{const t=typeof o.__typename==='string'?o.__typename:typename;let v;${body}return true;}`,
    scope,
  );
}

/** Names the function that checks the objects inside. */
type CheckOf = (fields: Shape) => string;

function checkField(key: string, field: FieldShape, checkOf: CheckOf): string {
  const { requiredOn, isNonNull } = field;
  const isRequired = requiredOn === null ? 'true' : [...requiredOn].map((type) => `t===${quote(type)}`).join('||');
  const whenMissing = `if(${isRequired || 'false'})return false;`;
  const whenNull = isNonNull ? whenMissing : '';
  const value =
    key === '__typename' ? `if(typeof v!=='string')return false;` : checkValue('v', field, field.lists, checkOf);
  return `v=${readKey('o', key)};if(v===undefined){${whenMissing}}else if(v===null){${whenNull}}else{${value}}`;
}

function checkValue(value: string, field: FieldShape, lists: number, checkOf: CheckOf): string {
  if (lists > 0) {
    const element = `e${lists}`;
    const inner = checkValue(element, field, lists - 1, checkOf);
    if (inner === '') return `if(!Array.isArray(${value}))return false;`;
    const each = `for(const ${element} of ${value})if(${element}!=null){${inner}}`;
    return `if(!Array.isArray(${value}))return false;${each}`;
  }
  if (field.fields === null) return '';
  const fits = checkOf(field.fields);
  return `if(typeof ${value}!=='object'||Array.isArray(${value})||!${fits}(${value},null))return false;`;
}

import type { FieldShape, Shape } from '../../planning/shape.ts';
import { type Build, quote, readKey } from './source.ts';

type Data = Record<string, unknown>;

/** Whether an object of a subgraph's answer has the shape it should. `typename` is its type where it does not tell itself. */
export type Fits = (object: Data, typename: string | null) => boolean;

/** Compiled, because it looks at every value that comes. What exactly is wrong, `checkShape` tells afterwards. */
export function compileCheck(shape: Shape, build: Build): Fits {
  return compileShape(shape, build, new Map());
}

/** `compiled`: one shape may stand in many places. */
function compileShape(shape: Shape, build: Build, compiled: Map<Shape, Fits>): Fits {
  const known = compiled.get(shape);
  if (known !== undefined) return known;
  const scope: Record<string, unknown> = {};
  const names = new Map<Shape, string>();
  let body = '';
  const checkOf = (fields: Shape): string => {
    const name = names.get(fields) ?? `s${names.size}`;
    names.set(fields, name);
    scope[name] = compileShape(fields, build, compiled);
    return name;
  };
  for (const [key, field] of shape) body += checkField(key, field, checkOf);
  const fits: Fits = build(
    `return (o,typename)=>{const t=typeof o.__typename==='string'?o.__typename:typename;let v;${body}return true;}`,
    scope,
  );
  compiled.set(shape, fits);
  return fits;
}

/** Names the function that checks the objects inside. */
type CheckOf = (fields: Shape) => string;

function checkField(key: string, field: FieldShape, checkOf: CheckOf): string {
  const { requiredOn, isNonNull } = field;
  const isRequired = requiredOn === null ? 'true' : [...requiredOn].map((type) => `t===${quote(type)}`).join('||');
  const whenMissing = `if(${isRequired || 'false'})return false;`;
  const whenNull = isNonNull ? whenMissing : '';
  const value = key === '__typename' ? `if(typeof v!=='string')return false;` : checkInside(field, checkOf);
  return `v=${readKey('o', key)};if(v===undefined){${whenMissing}}else if(v===null){${whenNull}}else{${value}}`;
}

function checkInside({ fields, fieldsOn, lists }: FieldShape, checkOf: CheckOf): string {
  if (fieldsOn === null) return checkValue('v', fields && checkOf(fields), lists);
  const cases = [...fieldsOn.types].map(([type, inside]) => `t===${quote(type)}?${checkOf(inside)}:`);
  return `const c=${cases.join('')}${checkOf(fieldsOn.others)};${checkValue('v', 'c', lists)}`;
}

/** `fits`: the name of what checks objects; null for values. */
function checkValue(value: string, fits: string | null, lists: number): string {
  if (lists > 0) {
    const element = `e${lists}`;
    const inner = checkValue(element, fits, lists - 1);
    if (inner === '') return `if(!Array.isArray(${value}))return false;`;
    const each = `for(const ${element} of ${value})if(${element}!=null){${inner}}`;
    return `if(!Array.isArray(${value}))return false;${each}`;
  }
  if (fits === null) return '';
  return `if(typeof ${value}!=='object'||Array.isArray(${value})||!${fits}(${value},null))return false;`;
}

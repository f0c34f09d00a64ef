import { partsOfType, type RepresentationParts } from '../../planning/representation-parts.ts';
import { type Build, quote, readKey } from './source.ts';

type Data = Record<string, unknown>;

/** An object's representation as JSON text; null when the object does not hold what one is made of. */
export type Represent = (object: Data) => string | null;

/** Compiled for each type when its first object comes. */
export function compileRepresent(parts: RepresentationParts, build: Build): Represent {
  const byType = new Map<string, Represent>();
  return (object) => {
    const type = object.__typename;
    if (typeof type !== 'string') return null;
    let represent = byType.get(type);
    if (represent === undefined) {
      represent = compileFor(parts, type, build);
      byType.set(type, represent);
    }
    return represent(object);
  };
}

const NOTHING: Represent = () => null;

function compileFor(parts: RepresentationParts, type: string, build: Build): Represent {
  const fields = partsOfType(parts, type);
  return fields.has('__typename') ? compileObject(fields, build) : NOTHING;
}

function compileObject(fields: ReadonlyMap<string, RepresentationParts | null>, build: Build): Represent {
  const scope: Record<string, unknown> = {};
  let check = '';
  const texts: string[] = [];
  for (const [key, parts] of fields) {
    const value = `v${texts.length}`;
    check += `const ${value}=${readKey('o', key)};if(${value}===undefined)return null;`;
    const name = `f${texts.length}`;
    if (parts !== null) scope[name] = compileInner(parts, build);
    texts.push(`${quote(`${quote(key)}:`)}+${parts === null ? `$leaf(${value})` : `${name}(${value})`}`);
  }
  return build(`return (o)=>{${check}return "{"+${texts.join('+","+')}+"}";}`, scope);
}

/** Of a value inside: what is missing there counts as null. */
function compileInner(parts: RepresentationParts, build: Build): (value: unknown) => string {
  const represent = hasFragments(parts) ? compileTyped(parts, build) : compileObject(partsOfType(parts, ''), build);
  return function text(value): string {
    if (Array.isArray(value)) return `[${value.map(text).join()}]`;
    return typeof value === 'object' && value !== null ? (represent(value as Data) ?? 'null') : 'null';
  };
}

function hasFragments(parts: RepresentationParts): boolean {
  return parts.some(({ kind }) => kind === 'fragment');
}

/** What differs by type, where an object need not tell its own. */
function compileTyped(parts: RepresentationParts, build: Build): Represent {
  const byType = new Map<string, Represent>();
  return (object) => {
    const type = typeof object.__typename === 'string' ? object.__typename : '';
    const represent = byType.get(type) ?? compileObject(partsOfType(parts, type), build);
    byType.set(type, represent);
    return represent(object);
  };
}

import type { FieldShape, Shape } from '../planning/shape.ts';
import type { Path } from './unknowns.ts';

type Data = Record<string, unknown>;

/** A value that a subgraph owed and did not give. */
export interface Problem {
  /** Inside the object that was checked, in the subgraph's own keys. */
  path: Path;
  kind: 'missing' | 'malformed' | 'null';
}

/**
 * Finds what does not fit the shape in a subgraph's answer and puts null in its place: over one list that is none,
 * other subgraphs' parts of the answer would be lost too. `typename` is the object's type where
 * it does not tell itself.
 */
export function checkShape(value: Data, shape: Shape, typename: string | null): Problem[] {
  const problems: Problem[] = [];
  const path: (string | number)[] = [];
  const report = (kind: Problem['kind']) => problems.push({ path: [...path], kind });
  checkObject(value, shape, typename);
  return problems;

  function checkObject(object: Data, fields: Shape, fallbackType: string | null): void {
    const type = typeof object.__typename === 'string' ? object.__typename : fallbackType;
    for (const [key, field] of fields) {
      path.push(key);
      checkField(object, key, field, type);
      path.pop();
    }
  }

  function checkField(object: Data, key: string, field: FieldShape, type: string | null): void {
    const inner = Object.hasOwn(object, key) ? object[key] : undefined;
    const isRequired = field.requiredOn === null || (type !== null && field.requiredOn.has(type));
    if (inner === undefined) {
      if (isRequired) report('missing');
    } else if (inner === null) {
      if (isRequired && field.isNonNull) report('null');
    } else if (
      !fits(inner, fieldsBelow(field, type), field.lists) ||
      (key === '__typename' && typeof inner !== 'string')
    ) {
      // Not by assignment: the key may be `__proto__`.
      Object.defineProperty(object, key, { value: null, configurable: true, enumerable: true, writable: true });
      report('malformed');
    }
  }

  /** False when the value itself does not fit; what is wrong inside of it is reported and replaced there. */
  function fits(inner: unknown, fields: Shape | null, lists: number): boolean {
    if (lists > 0) return Array.isArray(inner) && checkElements(inner, fields, lists - 1);
    if (fields === null) return true;
    if (typeof inner !== 'object' || Array.isArray(inner)) return false;
    checkObject(inner as Data, fields, null);
    return true;
  }

  function checkElements(elements: unknown[], fields: Shape | null, lists: number): true {
    if (lists === 0 && fields === null) return true;
    for (let index = 0; index < elements.length; index += 1) {
      const element = elements[index] ?? null;
      path.push(index);
      if (element !== null && !fits(element, fields, lists)) {
        elements[index] = null;
        report('malformed');
      }
      path.pop();
    }
    return true;
  }
}

/** What a field's objects must hold below an object of a type. */
function fieldsBelow({ fields, fieldsOn }: FieldShape, type: string | null): Shape | null {
  return fieldsOn === null ? fields : ((type === null ? null : fieldsOn.types.get(type)) ?? fieldsOn.others);
}

import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';

const INTEGER = /^-?\d+$/;

/** Whether a value, not null, is one of the type's. Whatever a custom scalar holds is. */
export function isLeafValue(value: unknown, type: GraphQLLeafType): boolean {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) != null;
  if (!isSpecifiedScalarType(type)) return true;
  switch (type.name) {
    case 'Int':
      return typeof value === 'number' && INTEGER.test(String(value));
    case 'Float':
      return typeof value === 'number' && Number.isFinite(value);
    case 'Boolean':
      return typeof value === 'boolean';
    case 'ID':
      return typeof value === 'string' || (typeof value === 'number' && INTEGER.test(String(value)));
    default:
      return typeof value === 'string';
  }
}

import type { LocalTime } from '../local-time.ts';
import { invalidParams, type ParamProblem } from './errors.ts';
import type { PhpQuery } from './php-query.ts';

/** Reads typed parameters; unknown ones are ignored, wrong ones are answered together by `check`. */
export interface ParamReader {
  text(name: string): string | null;
  integer(name: string, bounds?: { min?: number; max?: number }): number | null;
  ids(name: string): number[] | null;
  oneOf<T extends string>(name: string, values: readonly T[]): T | null;
  listOf<T extends string>(name: string, values: readonly T[]): T[] | null;
  flag(name: string): boolean;
  email(name: string): string | null;
  /** Epoch milliseconds of an ISO 8601 date-time; without an offset it is in the site's time zone, or UTC if `isGmt`. */
  instant(name: string, isGmt: boolean): number | null;
  check(): void;
}

export function createParamReader(query: PhpQuery, time: LocalTime): ParamReader {
  const problems: Record<string, ParamProblem> = {};
  const refuse = (name: string, code: ParamProblem['code'], message: string): null => {
    problems[name] = { code, message };
    return null;
  };
  const inEnum = <T extends string>(name: string, shown: string, value: string, values: readonly T[]): T | null => {
    const known = values.find((each) => each === value);
    return known ?? refuse(name, 'rest_not_in_enum', `${shown} is not one of ${values.join(', ')}.`);
  };

  return {
    text: (name) => query.text(name),
    flag: (name) => ['1', 'true'].includes(query.text(name) ?? ''),
    integer: (name, { min, max } = {}) => {
      const text = query.text(name);
      if (text === null) return null;
      if (!/^-?\d+$/.test(text)) return refuse(name, 'rest_invalid_type', `${name} is not of type integer.`);
      const value = Number(text);
      if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
        return refuse(name, 'rest_out_of_bounds', boundsMessage(name, min, max));
      }
      return value;
    },
    ids: (name) => {
      const items = query.list(name);
      if (items === null) return null;
      const wrong = items.findIndex((item) => !/^\d+$/.test(item));
      if (wrong !== -1) return refuse(name, 'rest_invalid_type', `${name}[${wrong}] is not of type integer.`);
      return items.map(Number);
    },
    oneOf: (name, values) => {
      const text = query.text(name);
      return text === null ? null : inEnum(name, name, text, values);
    },
    listOf: (name, values) => {
      const known = query.list(name)?.map((item, index) => inEnum(name, `${name}[${index}]`, item, values));
      return known === undefined || known.includes(null) ? null : known.filter((item) => item !== null);
    },
    email: (name) => {
      const text = query.text(name);
      if (text === null || text === '') return null;
      return /^[^\s@]+@[^\s@]+$/.test(text) ? text : refuse(name, 'rest_invalid_email', 'Invalid email address.');
    },
    instant: (name, isGmt) => {
      const text = query.text(name);
      if (text === null) return null;
      const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
      const parsed = hasOffset ? Date.parse(text) : isGmt ? Date.parse(`${text}Z`) : time.parse(text);
      const isWhole = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}/.test(text);
      if (!isWhole || parsed === null || Number.isNaN(parsed))
        return refuse(name, 'rest_invalid_date', 'Invalid date.');
      return parsed;
    },
    check: () => {
      if (Object.keys(problems).length > 0) throw invalidParams(problems);
    },
  };
}

function boundsMessage(name: string, min: number | undefined, max: number | undefined): string {
  if (max === undefined) return `${name} must be greater than or equal to ${min}`;
  return `${name} must be between ${min} (inclusive) and ${max} (inclusive)`;
}

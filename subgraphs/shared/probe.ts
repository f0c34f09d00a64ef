import { CodedError } from '../../common/errors.ts';
import { normaliseEmail, normalisePhone, parseTaxId } from './normalise.ts';
import type { Party } from './party.ts';

/** What a connector's `probe` found when it looked at its system, without changing it. */
export interface ProbeReport {
  /** Whether the source would work: the credentials hold, and what no customer can be told without is readable. */
  ok: boolean;
  checks: ProbeCheck[];
  fields: ProbeField[];
  /** Settings that name a field; those that name a wrong one are told. */
  fieldSettings?: FieldSetting[];
  /** Calls that are left of how many, where the vendor tells; null when it does not. */
  budget: { limit: number; remaining: number } | null;
  /** Some parties, as identity will see them. */
  sample: Party[];
}

export interface ProbeCheck {
  name: string;
  ok: boolean;
  /** Holds nobody's data. */
  detail: string;
}

/** A field that holds identifiers, and how many of the sampled records have it filled. */
export interface ProbeField {
  /** The kind of object and the field's own name: `companies.nip`. */
  field: string;
  filled: number;
  sampled: number;
  looksLike: FieldLook;
}

export type FieldLook = 'TAX_ID' | 'ORDER_NUMBER' | 'EXTERNAL_ID' | 'EMAIL' | 'PHONE';

/** A setting whose value is the name of a field, or several of them. */
export interface FieldSetting {
  /** Without the source's prefix: `TAX_ID_PROPERTY`. */
  setting: string;
  looksLike: FieldLook;
  /** What stands before the names in `ProbeField.field`: `companies.`. */
  within: string;
  configured: readonly string[];
  /** Takes several names, comma separated; the first one filled counts. Default false. */
  isList?: boolean;
}

/** Of the filled values: enough to mean something, with room for typing errors. */
const ENOUGH = 0.6;

/** What a field seems to hold, by its values and, where these could be anything, by its name. */
export function looksLike(name: string, values: readonly string[]): FieldLook | null {
  if (values.length === 0) return null;
  const share = (fits: (value: string) => boolean) => values.filter(fits).length / values.length;
  if (share((value) => parseTaxId(value)?.valid === true) >= ENOUGH) return 'TAX_ID';
  if (share((value) => normaliseEmail(value) !== null) >= ENOUGH) return 'EMAIL';
  const isKey = share((value) => /^[\w#/.-]{1,40}$/.test(value)) >= ENOUGH;
  if (isKey && /order|zamow|zam_|nr_zam/.test(name)) return 'ORDER_NUMBER';
  if (isKey && /(^|_)(id|ids|external|extern|ext|key|uuid|number|numer|code|kod)(_|$)/.test(name)) return 'EXTERNAL_ID';
  return share((value) => normalisePhone(value) !== null) >= ENOUGH ? 'PHONE' : null;
}

/** One check and what it read; null when the system refused or failed, which the check then says. */
export async function attemptCheck<T>(
  name: string,
  run: () => Promise<{ detail: string; value: T }>,
): Promise<{ check: ProbeCheck; value: T | null }> {
  try {
    const { detail, value } = await run();
    return { check: { name, ok: true, detail }, value };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { check: { name, ok: false, detail: `${error.code}: ${error.message}` }, value: null };
  }
}

import { normaliseEmail, normalisePhone, parseTaxId } from '../../../shared/normalise.ts';

export type FieldLook = 'TAX_ID' | 'ORDER_NUMBER' | 'EXTERNAL_ID' | 'EMAIL' | 'PHONE';

/** Of the filled values: enough to mean something, with room for typing errors. */
const ENOUGH = 0.6;

/** What a property seems to hold, by its values and, where these could be anything, by its name. */
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

import { type FieldLook, looksLike, type ProbeCheck, type ProbeField } from '../shared/probe.ts';

/** What a record holds, by the name of the field. */
export type FieldValues = Readonly<Record<string, string | number | null | undefined>>;

/** Plugins leave hundreds of keys: only so many are looked at. */
const MAX_FIELDS = 300;

type Looks = Readonly<Record<string, FieldLook>>;

interface FieldSearch {
  /** Stands before the names of the fields, as `orders.`. */
  within: string;
  records: readonly FieldValues[];
  /** Fields whose meaning is certain. */
  known?: Looks;
  /** Fields that settings name: told also when they are empty. */
  configured?: Looks;
  /** What is looked for in the other fields. */
  wanted?: readonly FieldLook[];
}

/** Fields of the sampled records that hold identifiers, or seem to. */
export function probeFields({ within, records, known = {}, configured = {}, wanted = [] }: FieldSearch): ProbeField[] {
  const named = [known, configured, ...records].flatMap((record) => Object.keys(record));
  return [...new Set(named)].slice(0, MAX_FIELDS).flatMap((name) => {
    const values = records.map((record) => String(record[name] ?? '').trim()).filter((value) => value !== '');
    const field = { field: `${within}${name}`, filled: values.length, sampled: records.length };
    const certain = known[name] ?? (values.length === 0 ? configured[name] : undefined);
    if (certain) return [{ ...field, looksLike: certain }];
    const look = looksLike(name, values);
    return look !== null && wanted.includes(look) ? [{ ...field, looksLike: look }] : [];
  });
}

/** Look-ups by such a key are ambiguous. */
export function checkUnique(name: string, keys: readonly string[]): ProbeCheck {
  const groups = [...Map.groupBy(keys, (key) => key).values()];
  const repeated = groups.filter((group) => group.length > 1).length;
  const detail =
    repeated === 0
      ? `${keys.length} sampled, each once`
      : `${keys.length} sampled, ${repeated} of ${groups.length} different ones several times`;
  return { name, ok: repeated === 0, detail };
}

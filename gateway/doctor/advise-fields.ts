import type { FieldSetting, ProbeField } from '../../subgraphs/shared/probe.ts';
import { prefixOf } from './probes.ts';
import type { Advice, SystemReport } from './report.ts';

/** Settings that name a field which is missing or empty, and fields with identifiers that no setting names. */
export function adviseFields({ source, fields, fieldSettings = [] }: SystemReport): Advice[] {
  return fieldSettings.flatMap((setting) => {
    const candidates = fields.filter((field) => isCandidate(field, setting));
    const advice =
      setting.looksLike === 'EXTERNAL_ID' ? adviseExternalIds(setting, candidates) : adviseField(setting, candidates);
    return advice.map((one) => ({ ...one, setting: `${prefixOf(source)}${setting.setting}` }));
  });
}

function isCandidate({ field, looksLike }: ProbeField, setting: FieldSetting): boolean {
  return looksLike === setting.looksLike && field.startsWith(setting.within);
}

type Suggestion = Omit<Advice, 'setting'>;

function adviseField(setting: FieldSetting, candidates: readonly ProbeField[]): Suggestion[] {
  const { within, configured, isList = false } = setting;
  const filledOf = (name: string) => candidates.find(({ field }) => field === `${within}${name}`)?.filled ?? 0;
  if (configured.some((name) => filledOf(name) > 0)) return [];
  const [best] = candidates.filter(({ filled }) => filled > 0).toSorted((a, b) => b.filled - a.filled);
  const what = `${setting.looksLike.toLowerCase().replace('_', ' ')}s`;
  if (!best) {
    if (configured.length === 0) return [];
    const reason = `${configured.join(', ')}: missing or empty, and no other field of ${within.slice(0, -1)} seems to hold ${what}`;
    return [{ value: null, reason }];
  }
  const name = best.field.slice(within.length);
  const value = isList ? [name, ...configured].join(',') : name;
  const now = configured.length === 0 ? 'none is named' : `${configured.join(', ')}: missing or empty`;
  const reason = `${now}; ${best.field} holds ${what} in ${best.filled} of ${best.sampled} records`;
  return [{ value, reason }];
}

/** Whose ids they are, only the operator knows. */
function adviseExternalIds({ within, configured }: FieldSetting, candidates: readonly ProbeField[]): Suggestion[] {
  return candidates
    .filter(({ field }) => !configured.includes(field.slice(within.length)))
    .map(({ field, filled, sampled }) => {
      const name = field.slice(within.length);
      const reason = `${field} looks like another system's id (${filled} of ${sampled}); if it is, add ${name}=source:type`;
      return { value: null, reason };
    });
}

/** Below this share, most orders and invoices do not find each other. */
const ENOUGH_ORDER_NUMBERS = 0.5;

/** Not a matter of settings: whatever issues the invoices has to write the number there. */
export function adviseOrderNumbers({ domain, source, fields }: SystemReport): Advice[] {
  if (domain !== 'ACCOUNTING') return [];
  return fields
    .filter(({ looksLike, filled, sampled }) => looksLike === 'ORDER_NUMBER' && filled < sampled * ENOUGH_ORDER_NUMBERS)
    .map(({ field, filled, sampled }) => ({
      setting: null,
      value: null,
      reason: `${source}: ${field} holds an order number in ${filled} of ${sampled} documents; have the shop's plugin write it there, or orders and invoices meet only where the description names the order`,
    }));
}

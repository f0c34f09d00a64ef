/**
 * How a tax id is asked for. The vendor compares what was typed, but for spaces and hyphens: a Polish number stands there
 * with its country or without.
 */
export function taxNumberSpellings(taxIdKey: string): string[] {
  const [country, value] = [taxIdKey.slice(0, 2), taxIdKey.slice(2)];
  if (country === 'PL') return [value, taxIdKey];
  return [country === 'GR' ? `EL${value}` : taxIdKey];
}

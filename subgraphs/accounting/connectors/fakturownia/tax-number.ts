/**
 * How a tax id is asked for: without its country where it is a Polish one, as people write it. The vendor ignores
 * spaces and hyphens.
 */
export function taxNumberSpellings(taxIdKey: string): string[] {
  return taxIdKey.startsWith('PL')
    ? [taxIdKey.slice(2)]
    : [taxIdKey.startsWith('GR') ? `EL${taxIdKey.slice(2)}` : taxIdKey];
}

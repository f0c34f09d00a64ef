/** Letters and digits alone, but for the hyphen before a unit's five digits: "525-244-57-67" is "5252445767". */
export function comparableTaxNumber(taxNumber: string): string {
  const compact = taxNumber.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return /^\d{15}$/.test(compact) ? `${compact.slice(0, 10)}-${compact.slice(10)}` : compact;
}

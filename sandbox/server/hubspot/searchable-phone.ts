/** HubSpot keeps area code and local number alone: no country code, no spaces. */
export function searchablePhone(typed: string | null | undefined): string | null {
  const digits = (typed ?? '').replace(/\D/g, '');
  if (digits === '') return null;
  const national = digits.replace(/^(00)?48(?=\d{9}$)/, '');
  return national;
}

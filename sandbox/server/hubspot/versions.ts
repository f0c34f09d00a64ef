/** The same routes under their dated names (`/crm/objects/2026-03/contacts`), which stand beside v3 and v4. */
const DATED = /^\/(crm\/(?:objects|associations|owners|properties|pipelines)|account-info)\/\d{4}-\d{2}(?=[/?]|$)/;

export function toNumberedVersion(url: string): string {
  return url.replace(DATED, (_match, area: string) => {
    if (area === 'account-info') return '/account-info/v3';
    const name = area.slice('crm/'.length);
    return name === 'associations' ? '/crm/v4/associations' : `/crm/v3/${name}`;
  });
}

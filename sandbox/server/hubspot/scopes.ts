import { objectTypeOf } from './object-types.ts';

/** What a private app with all that the product reads is granted. */
export const ALL_SCOPES = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.companies.read',
  'crm.objects.companies.write',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.objects.owners.read',
  'crm.schemas.contacts.read',
  'crm.schemas.companies.read',
  'crm.schemas.deals.read',
  'sales-email-read',
  'tickets',
] as const;

const READ_SCOPES: Readonly<Record<string, string>> = {
  contacts: 'crm.objects.contacts.read',
  companies: 'crm.objects.companies.read',
  deals: 'crm.objects.deals.read',
  tickets: 'tickets',
  emails: 'sales-email-read',
  // Engagements other than e-mails come with contacts.
  notes: 'crm.objects.contacts.read',
  calls: 'crm.objects.contacts.read',
  meetings: 'crm.objects.contacts.read',
  tasks: 'crm.objects.contacts.read',
};

/** The scope that a path needs; null = any token will do. */
export function neededScope(path: string): string | null {
  const [, , , area, objectType = ''] = path.split('/');
  if (path.startsWith('/crm/v3/owners')) return 'crm.objects.owners.read';
  if (area !== 'objects' && area !== 'properties' && area !== 'associations' && area !== 'pipelines') return null;
  const type = objectTypeOf(objectType);
  return type === null ? null : (READ_SCOPES[type.name] ?? null);
}

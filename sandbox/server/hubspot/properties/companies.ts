import type { HubspotCompany } from '../../../data/records.ts';
import { commonProperties, type PropertyDefinition, property, text } from './definition.ts';

type Company = PropertyDefinition<HubspotCompany>;

const CUSTOM = { custom: true } as const;

export const COMPANY_PROPERTIES: readonly Company[] = [
  ...commonProperties<HubspotCompany>('hs_lastmodifieddate'),
  property('name', 'Company name', 'string', (company) => company.name),
  property('domain', 'Company Domain Name', 'string', (company) => company.domain),
  property('phone', 'Phone Number', 'string', (company) => company.phone, { fieldType: 'phonenumber' }),
  property('address', 'Street Address', 'string', (company) => company.street),
  property('city', 'City', 'string', (company) => company.city),
  property('zip', 'Postal Code', 'string', (company) => company.zip),
  property('country', 'Country/Region', 'string', (company) => company.country),
  property('lifecyclestage', 'Lifecycle Stage', 'enumeration', (company) => company.lifecycleStage, {
    options: ['lead', 'opportunity', 'customer'],
  }),
  property('hubspot_owner_id', 'Company owner', 'enumeration', (company) => text(company.ownerId)),
  property('nip', 'NIP', 'string', (company) => company.nip, CUSTOM),
  property('internal_unit', 'Internal unit', 'string', (company) => company.internalUnit, CUSTOM),
  property('legal_form', 'Legal form', 'enumeration', (company) => company.legalForm, {
    custom: true,
    options: ['SPZOO', 'SA', 'JDG', 'JST', 'FOREIGN'],
  }),
  property('woo_customer_id', 'Shop customer id', 'string', (company) => text(company.wooCustomerId), CUSTOM),
  property('fakturownia_client_id', 'Accounting client id', 'string', clientId, CUSTOM),
];

function clientId(company: HubspotCompany): string | null {
  return text(company.fakturowniaClientId);
}

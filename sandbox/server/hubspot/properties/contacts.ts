import type { HubspotContact } from '../../../data/records.ts';
import { searchablePhone } from '../searchable-phone.ts';
import { commonProperties, type PropertyDefinition, property, text } from './definition.ts';

const LIFECYCLE_STAGES = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
];

type Contact = PropertyDefinition<HubspotContact>;

export const CONTACT_PROPERTIES: readonly Contact[] = [
  ...commonProperties<HubspotContact>('lastmodifieddate'),
  property('email', 'Email', 'string', (contact) => contact.email, { unique: true }),
  // A checkbox enumeration in HubSpot: a filter matches any one of the addresses.
  property('hs_additional_emails', 'Additional email addresses', 'enumeration', additionalEmails, {
    fieldType: 'checkbox',
    multiple: true,
  }),
  property('firstname', 'First Name', 'string', (contact) => contact.firstName),
  property('lastname', 'Last Name', 'string', (contact) => contact.lastName),
  property('phone', 'Phone Number', 'string', (contact) => contact.phone, { fieldType: 'phonenumber' }),
  property('mobilephone', 'Mobile Phone Number', 'string', (contact) => contact.mobilePhone, {
    fieldType: 'phonenumber',
  }),
  property('hs_searchable_calculated_phone_number', 'Calculated Phone Number', 'string', calculatedPhone, {
    readOnly: true,
  }),
  property('hs_searchable_calculated_mobile_number', 'Calculated Mobile Number', 'string', calculatedMobile, {
    readOnly: true,
  }),
  property('address', 'Street Address', 'string', (contact) => contact.street),
  property('city', 'City', 'string', (contact) => contact.city),
  property('zip', 'Postal Code', 'string', (contact) => contact.zip),
  property('country', 'Country/Region', 'string', (contact) => contact.country),
  property('lifecyclestage', 'Lifecycle Stage', 'enumeration', (contact) => contact.lifecycleStage, {
    options: LIFECYCLE_STAGES,
  }),
  property('hubspot_owner_id', 'Contact owner', 'enumeration', (contact) => text(contact.ownerId)),
  property('hs_merged_object_ids', 'Merged Contact IDs', 'enumeration', mergedIds, {
    fieldType: 'checkbox',
    multiple: true,
    readOnly: true,
  }),
  property('woo_customer_id', 'Shop customer id', 'string', (contact) => text(contact.wooCustomerId), { custom: true }),
  property('fakturownia_client_id', 'Accounting client id', 'string', (contact) => text(contact.fakturowniaClientId), {
    custom: true,
  }),
  property('marketing_consent_email', 'E-mail marketing consent', 'bool', consent, {
    custom: true,
    options: ['true', 'false'],
  }),
];

function additionalEmails(contact: HubspotContact): string | null {
  return joined(contact.additionalEmails);
}

function mergedIds(contact: HubspotContact): string | null {
  return joined(contact.mergedIds);
}

function joined(values: readonly (string | number)[]): string | null {
  return values.length === 0 ? null : values.join(';');
}

function consent(contact: HubspotContact): string | null {
  return contact.marketingConsent === null ? null : String(contact.marketingConsent);
}

// A client's own write stands in `extra`, and HubSpot calculates from that.
function calculatedPhone(contact: HubspotContact): string | null {
  return searchablePhone(contact.extra?.phone ?? contact.phone);
}

function calculatedMobile(contact: HubspotContact): string | null {
  return searchablePhone(contact.extra?.mobilephone ?? contact.mobilePhone);
}

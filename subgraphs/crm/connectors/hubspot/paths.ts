import type { ObjectType } from './object-types.ts';

/** Where HubSpot's resources are, by version: v3 and v4 stand before the resource, a dated version behind its family. */
export function createPaths(apiVersion: string) {
  const isDated = apiVersion !== 'v3';
  const crm = (family: string) => (isDated ? `/crm/${family}/${apiVersion}` : `/crm/v3/${family}`);
  const associations = isDated ? `/crm/associations/${apiVersion}` : '/crm/v4/associations';
  return {
    objects: (type: ObjectType) => `${crm('objects')}/${type}`,
    associations: (from: ObjectType, to: ObjectType) => `${associations}/${from}/${to}`,
    pipelines: (type: ObjectType) => `${crm('pipelines')}/${type}`,
    properties: (type: ObjectType) => `${crm('properties')}/${type}`,
    owners: isDated ? `/crm/owners/${apiVersion}` : '/crm/v3/owners',
    account: isDated ? `/account-info/${apiVersion}/details` : '/account-info/v3/details',
  };
}

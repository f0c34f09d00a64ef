import type { Clock } from '../../../common/clock.ts';
import type { ChangeBus, HubspotChange } from '../changes.ts';
import { allAssociations } from './associations.ts';
import type { Crm } from './crm.ts';
import { HubspotError, invalid, objectNotFound } from './errors.ts';
import { newRecord } from './new-record.ts';
import type { ObjectTypeInfo } from './object-types.ts';
import { type HubspotRecord, propertyOf, readProperty } from './properties/index.ts';

type WrittenProperties = Readonly<Record<string, string | null>>;

export interface NewAssociation {
  type: ObjectTypeInfo;
  id: string;
}

/** Changes the portal as its API does: checked, indexed, and announced to webhooks. */
export interface CrmWriter {
  create(type: ObjectTypeInfo, properties: WrittenProperties, associations: readonly NewAssociation[]): HubspotRecord;
  update(type: ObjectTypeInfo, record: HubspotRecord, properties: WrittenProperties): HubspotRecord;
  archive(type: ObjectTypeInfo, record: HubspotRecord): void;
  /** The primary record takes over the other's associations and addresses; the other's id leads to it from now on. */
  merge(type: ObjectTypeInfo, primary: HubspotRecord, other: HubspotRecord): HubspotRecord;
}

export function createCrmWriter(crm: Crm, clock: Clock, changes: ChangeBus): CrmWriter {
  // A frozen clock still orders the writes.
  const touch = (record: HubspotRecord) => {
    record.updatedAt = Math.max(clock.now().getTime(), record.updatedAt + 1);
  };
  const announce = (
    type: ObjectTypeInfo,
    objectId: number,
    change: Pick<HubspotChange, 'event'> & Partial<HubspotChange>,
  ) => changes.publish({ vendor: 'hubspot', objectType: type.name, objectId, ...change });
  const rewrite = (type: ObjectTypeInfo, record: HubspotRecord, change: () => void) => {
    crm.indexes.remove(type.name, record);
    change();
    touch(record);
    crm.indexes.add(type.name, record);
  };

  return {
    create: (type, properties, associations) => {
      checkProperties(crm, type, properties, null);
      const record = newRecord(type.name, crm.store.nextId(), clock.now().getTime());
      record.extra = { ...normalised(properties) };
      const others = associations.map((each) => ({ ...each, record: crm.find(each.type.name, each.id) }));
      if (others.some((other) => other.record === null)) throw objectNotFound();
      crm.insert(type.name, record);
      for (const other of others) {
        crm.store.associations.link(type.name, record.id, other.type.name, other.record!.id);
      }
      announce(type, record.id, { event: 'creation' });
      return record;
    },

    update: (type, record, properties) => {
      checkProperties(crm, type, properties, record);
      const changed = Object.entries(normalised(properties)).filter(
        ([name, value]) => readProperty(propertyOf(type.name, name)!, record) !== value,
      );
      if (changed.length === 0) return record;
      rewrite(type, record, () => {
        record.extra = { ...record.extra, ...Object.fromEntries(changed) };
      });
      for (const [propertyName, value] of changed) {
        announce(type, record.id, { event: 'propertyChange', propertyName, propertyValue: value ?? '' });
      }
      return record;
    },

    archive: (type, record) => {
      record.archived = true;
      touch(record);
      announce(type, record.id, { event: 'deletion' });
    },

    merge: (type, primary, other) => {
      if (primary.id === other.id) throw invalid('Cannot merge a record with itself');
      moveAssociations(crm, type, primary, other);
      const merged = crm.merged(type.name);
      for (const [oldId, survivor] of merged) if (survivor === other.id) merged.set(oldId, primary.id);
      crm.remove(type.name, other);
      merged.set(other.id, primary.id);
      rewrite(type, primary, () => takeOver(primary, other));
      announce(type, primary.id, { event: 'merge', mergedObjectIds: [other.id] });
      return primary;
    },
  };
}

function checkProperties(
  crm: Crm,
  type: ObjectTypeInfo,
  properties: WrittenProperties,
  record: HubspotRecord | null,
): void {
  for (const name of Object.keys(properties)) {
    const definition = propertyOf(type.name, name);
    if (definition === null) throw wrongProperty(name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
    if (definition.readOnly) throw wrongProperty(name, 'READ_ONLY_VALUE', `"${name}" is a read only property`);
  }
  const email = type.name === 'contacts' ? properties.email : null;
  if (!email) return;
  if (!email.includes('@')) throw wrongProperty('email', 'INVALID_EMAIL', `Email address ${email} is invalid`);
  const taken = crm.findBy('contacts', propertyOf('contacts', 'email')!, email);
  if (taken !== null && taken.id !== record?.id) {
    throw new HubspotError(409, 'CONFLICT', `Contact already exists. Existing ID: ${taken.id}`);
  }
}

function wrongProperty(name: string, error: string, message: string): HubspotError {
  const details = JSON.stringify([{ isValid: false, message, error, name, localizedErrorMessage: message }]);
  return invalid(`Property values were not valid: ${details}`, {
    errors: [{ message, code: error, context: { propertyName: [name] } }],
  });
}

/** HubSpot keeps addresses in lower case, and an emptied property has no value. */
function normalised(properties: WrittenProperties): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      value === '' || value === null ? null : name === 'email' ? value.trim().toLowerCase() : value,
    ]),
  );
}

function moveAssociations(crm: Crm, type: ObjectTypeInfo, primary: HubspotRecord, other: HubspotRecord): void {
  for (const [toType, ids] of allAssociations(crm, type.name, other.id)) {
    for (const id of ids) {
      crm.store.associations.unlink(type.name, other.id, toType, id);
      if (!crm.store.associations.of(type.name, primary.id, toType).includes(id)) {
        crm.store.associations.link(type.name, primary.id, toType, id);
      }
    }
  }
}

function takeOver(primary: HubspotRecord, other: HubspotRecord): void {
  if (!('mergedIds' in primary) || !('mergedIds' in other)) return;
  primary.mergedIds = [...primary.mergedIds, other.id, ...other.mergedIds];
  const email = primary.extra?.email ?? primary.email;
  const addresses = [...primary.additionalEmails, other.extra?.email ?? other.email, ...other.additionalEmails];
  primary.additionalEmails = [...new Set(addresses.filter((each) => each !== null && each !== email))] as string[];
}

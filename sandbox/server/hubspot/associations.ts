import type { HubspotObjectType } from '../../data/records.ts';
import { type AssociationType, associationTypes } from './association-types.ts';
import type { Crm } from './crm.ts';
import { OBJECT_TYPES, type ObjectTypeInfo } from './object-types.ts';

/** A company with 5,000 deals answers so many of them a page. */
export const ASSOCIATION_PAGE_SIZE = 500;

interface AssociatedObject {
  toObjectId: string;
  associationTypes: AssociationType[];
}

interface AssociationPage {
  results: AssociatedObject[];
  /** Cursor of the next page. */
  after: string | null;
}

export interface AssociationReader {
  /** As the v3 objects API lists them. */
  v3(from: ObjectTypeInfo, fromId: number, to: ObjectTypeInfo): { id: string; type: string }[];
  v4(
    from: ObjectTypeInfo,
    fromId: number,
    to: ObjectTypeInfo,
    page: { after: string | null; limit: number },
  ): AssociationPage;
}

export function createAssociationReader(crm: Crm): AssociationReader {
  const live = (from: HubspotObjectType, fromId: number, to: HubspotObjectType) =>
    crm.store.associations.of(from, fromId, to).filter((id) => crm.records(to).get(id)?.archived === false);
  return {
    v3: (from, fromId, to) =>
      live(from.name, fromId, to.name).flatMap((id, index) => v3Entries(from, to, id, index === 0)),
    v4: (from, fromId, to, { after, limit }) => {
      const all = live(from.name, fromId, to.name);
      const start = after === null ? 0 : Number(after);
      const page = all.slice(start, start + limit);
      const end = start + page.length;
      return {
        results: page.map((id, index) => ({
          toObjectId: String(id),
          associationTypes: associationTypes(from.name, to.name, start + index === 0) ?? [],
        })),
        after: end < all.length ? String(end) : null,
      };
    },
  };
}

/** A primary association stands twice in a v3 answer, once under each of its types. */
function v3Entries(
  from: ObjectTypeInfo,
  to: ObjectTypeInfo,
  id: number,
  isFirst: boolean,
): { id: string; type: string }[] {
  const types = associationTypes(from.name, to.name, isFirst) ?? [];
  const name = `${from.singular}_to_${to.singular}`;
  if (types.length < 2) return [{ id: String(id), type: name }];
  return [
    { id: String(id), type: name },
    { id: String(id), type: `${name}_unlabeled` },
  ];
}

/** Every object type that records of `from` are associated with, with the ids. */
export function allAssociations(
  crm: Crm,
  from: HubspotObjectType,
  fromId: number,
): [HubspotObjectType, readonly number[]][] {
  return OBJECT_TYPES.map(({ name }): [HubspotObjectType, readonly number[]] => [
    name,
    [...crm.store.associations.of(from, fromId, name)],
  ]).filter(([, ids]) => ids.length > 0);
}

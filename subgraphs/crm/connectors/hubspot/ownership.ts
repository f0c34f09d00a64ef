import { formatReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream-client.ts';
import type { Ownership } from '../../source.ts';
import type { Associated, AssociationReader } from './associations.ts';

/**
 * Whose deals or tickets these are: the primary or only company, else the only contact. Contacts are asked for only
 * where there is no company: a contact of a company is part of the company's customer.
 */
export function createOwnershipReader({ associations, source }: { associations: AssociationReader; source: string }) {
  return async (object: 'deal' | 'ticket', ids: readonly string[], context: CallContext): Promise<Ownership[]> => {
    const from = object === 'deal' ? 'deals' : 'tickets';
    const keys = (to: 'companies' | 'contacts', of: readonly string[]) => of.map((id) => ({ from, id, to }) as const);
    const companies = await associations.read(keys('companies', ids), context);
    const alone = ids.filter((_, index) => companies[index]!.ids.length === 0);
    const contacts = alone.length === 0 ? [] : await associations.read(keys('contacts', alone), context);
    const contactsOf = new Map(alone.map((id, index) => [id, contacts[index]!]));
    return ids.map((id, index) => {
      const own = contactsOf.get(id);
      return own ? toOwnership(source, 'contact', own) : toOwnership(source, 'company', companies[index]!);
    });
  };
}

function toOwnership(source: string, type: string, { ids, primary }: Associated): Ownership {
  const party = ids.length === 1 ? ids[0]! : primary;
  if (party !== null) return { party: formatReference(source, type, party) };
  return ids.length === 0 ? 'NOBODY' : 'SEVERAL';
}

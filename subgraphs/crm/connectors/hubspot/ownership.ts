import { formatReference } from '../../../shared/reference.ts';
import type { CallContext } from '../../../shared/upstream/context.ts';
import type { Ownership } from '../../source.ts';
import type { Associated, AssociationReader } from './associations.ts';
import { type ObjectType, SINGULARS } from './object-types.ts';

/**
 * Whom deals, tickets and activities are about: the primary or else all companies, without any the contacts. Contacts
 * are asked for only where there is no company: a contact of a company is part of the company's customer.
 */
export function createOwnershipReader({ associations, source }: { associations: AssociationReader; source: string }) {
  async function read(from: ObjectType, ids: readonly string[], context: CallContext): Promise<string[][]> {
    const keys = (to: 'companies' | 'contacts', of: readonly string[]) => of.map((id) => ({ from, id, to }) as const);
    const companies = await associations.read(keys('companies', ids), context);
    const alone = ids.filter((_, index) => companies[index]!.ids.length === 0);
    const contacts = alone.length === 0 ? [] : await associations.read(keys('contacts', alone), context);
    const contactsOf = new Map(alone.map((id, index) => [id, contacts[index]!]));
    return ids.map((id, index) => {
      const own = contactsOf.get(id);
      return own ? references('contact', own) : references('company', companies[index]!);
    });
  }

  function references(type: string, { ids, primary }: Associated): string[] {
    return (primary === null ? ids : [primary]).map((id) => formatReference(source, type, id));
  }

  return {
    partiesOf: async (type: string, ids: readonly string[], context: CallContext): Promise<string[][]> => {
      const from = TYPES.get(type);
      return from ? read(from, ids, context) : ids.map(() => []);
    },
    ownership: async (
      object: 'deal' | 'ticket',
      ids: readonly string[],
      context: CallContext,
    ): Promise<Ownership[]> => {
      const parties = await read(object === 'deal' ? 'deals' : 'tickets', ids, context);
      return parties.map(toOwnership);
    },
  };
}

/** Object types by what references call them. Cast: Object.entries forgets that the keys are types. */
const TYPES = new Map(
  (Object.entries(SINGULARS) as [ObjectType, string][])
    .filter(([type]) => type !== 'companies' && type !== 'contacts')
    .map(([type, singular]) => [singular, type]),
);

function toOwnership(parties: readonly string[]): Ownership {
  const [party] = parties;
  if (party === undefined) return 'NOBODY';
  return parties.length === 1 ? { party } : 'SEVERAL';
}

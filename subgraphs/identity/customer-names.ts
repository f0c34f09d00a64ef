import { CodedError } from '../../common/errors.ts';
import { parseReference } from '../shared/reference.ts';
import { type Identities, onlyOne } from './identities.ts';
import { type IdentifiedCustomer, referencesOf } from './model.ts';

/** How the references in a row rule name customers. */
export interface CustomerNames {
  name(customer: IdentifiedCustomer): Promise<boolean>;
  /** References of the customers' records, each once. */
  list(): Promise<string[]>;
}

const RECORDS: ReadonlySet<string> = new Set(['company', 'contact', 'client', 'customer', 'guest']);
/** References of orders, invoices and the like in one rule: each takes a look-up. Those beyond open nothing. */
const MAX_POINTERS = 100;

export function createCustomerNames(references: readonly string[], identities: Identities): CustomerNames {
  const isRecord = (reference: string) => RECORDS.has(parseReference(reference)?.type ?? '');
  const records = new Set(references.filter(isRecord));
  const pointers = references.filter((reference) => !isRecord(reference)).slice(0, MAX_POINTERS);
  const pointedAt = async () => {
    const ids = await Promise.all(pointers.map((pointer) => idOf(pointer, identities)));
    return ids.filter((id) => id !== null);
  };
  return {
    name: async (customer) =>
      referencesOf(customer).some((name) => records.has(name)) || (await pointedAt()).includes(customer.id),
    list: async () => [...new Set([...records, ...(await pointedAt())])],
  };
}

/** What means several customers names none of them. */
async function idOf(reference: string, identities: Identities): Promise<string | null> {
  try {
    return onlyOne(await identities.allByReference(reference))?.id ?? null;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'AMBIGUOUS') return null;
    throw error;
  }
}

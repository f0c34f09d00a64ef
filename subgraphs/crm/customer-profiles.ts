import type { CustomerRecords } from './customer-records.ts';
import type { Company, Consent, Contact, LifecycleStage } from './model.ts';

/** What the records of one customer say together. */
interface Profile {
  ownerId: string | null;
  lifecycleStage: LifecycleStage | null;
  lifecycleStageRaw: string | null;
  consents: Consent[];
}

export interface CustomerProfiles {
  load(records: string): Promise<Profile>;
}

type Load<T> = { load(reference: string): Promise<T | null> };

/** A field comes from the strongest record that has it: companies before contacts, then the oldest. */
export function createCustomerProfiles(
  customers: CustomerRecords,
  companies: Load<Company>,
  contacts: Load<Contact>,
): CustomerProfiles {
  const known = new Map<string, Promise<Profile>>();

  async function read(records: string): Promise<Profile> {
    const references = customers.references(records);
    const found = await Promise.all(references.flatMap((text) => [companies.load(text), contacts.load(text)]));
    const ordered = found.filter((record) => record !== null).sort(compareStrength);
    const staged = ordered.find(({ lifecycleStage }) => lifecycleStage !== null);
    return {
      ownerId: ordered.find(({ ownerId }) => ownerId !== null)?.ownerId ?? null,
      lifecycleStage: staged?.lifecycleStage ?? null,
      lifecycleStageRaw: staged?.lifecycleStageRaw ?? null,
      consents: ordered.flatMap(({ consents }) => consents),
    };
  }

  return {
    load: (records) => {
      const profile = known.get(records) ?? read(records);
      known.set(records, profile);
      return profile;
    },
  };
}

type PartyRecord = Company | Contact;

function compareStrength(left: PartyRecord, right: PartyRecord): number {
  return (
    compareTexts(left.type, right.type) || compareTexts(dateOf(left), dateOf(right)) || compareTexts(left.id, right.id)
  );
}

/** Records without a date come last; "company" sorts before "contact". */
function dateOf({ createdAt }: PartyRecord): string {
  return createdAt ?? '9';
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

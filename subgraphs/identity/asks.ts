import type { Identifier, Party } from '../shared/party.ts';
import { parseReference } from '../shared/reference.ts';
import { type Ask, type Directory, EXPLORED } from './domains.ts';
import { emailsOf, namesOf, phonesOf, taxKeysOf, unitOf } from './identifiers.ts';
import type { OperatorLinks } from './links-file.ts';
import { coreOfCompanyName, personNameOf } from './names.ts';
import type { PartyReader } from './party-reader.ts';
import { isUsableEmail } from './usable.ts';

/**
 * Everything by which records of the same customer are found from this one. It depends on the record alone, so that
 * which record leads to which never depends on where a search began.
 */
export function asksOf(party: Party, operator: OperatorLinks, directory: Directory): Ask[] {
  const identifiers: Identifier[] = [
    ...emailsOf(party).map((value) => ({ kind: 'EMAIL' as const, value })),
    ...phonesOf(party).map((value) => ({ kind: 'PHONE' as const, value })),
    ...taxKeysOf(party).map((value) => ({ kind: 'TAX_ID' as const, value })),
    ...pointersTo(party).map((value) => ({ kind: 'EXTERNAL_ID' as const, value })),
    ...firmNamesOf(party).map((value) => ({ kind: 'COMPANY_NAME' as const, value })),
  ];
  const forced = namesOf(party).flatMap((name) => [...(operator.link.get(name) ?? [])]);
  if (party.isRetail) return toReferenceAsks(forced, directory);
  return [
    ...identifiers.flatMap(toAsks),
    ...toReferenceAsks([...forced, ...party.externalReferences, ...party.associations], directory),
  ];
}

/**
 * No shop finds an account by its tax id, and the accountant's mailbox is mostly not the buyer's. So a firm with a tax id
 * looks for whoever ordered under its name. The name is a way to find, never a reason to link: that is the tax id.
 */
function firmNamesOf(party: Party): string[] {
  const core = isFirm(party) ? coreOfCompanyName(party.legalName) : null;
  return core === null ? [] : [core];
}

/** A unit is not looked for: no shop can tell it from its firm. */
function isFirm(party: Party): boolean {
  return taxKeysOf(party).length > 0 && unitOf(party) === '';
}

/** Newest orders of a client that are looked for at most. */
const MAX_ORDERS = 5;

/** What is asked for only where the cheaper ways have found nobody in a shop. */
export function furtherAsksOf(party: Party, reader: Pick<PartyReader, 'answer' | 'party'>): Ask[] {
  if (party.recordType === 'CLIENT' && !party.isRetail && isFirm(party)) return asksByOrders(party, reader);
  // A firm's contact leads to the shop by the firm.
  const isPerson = party.recordType === 'CONTACT' && party.associations.length === 0;
  return isPerson && personNameOf(party) !== null ? asksByPhone(party, reader) : [];
}

/** The orders that a client's invoices name have buyers, with its tax id perhaps. */
function asksByOrders(party: Party, { answer, party: partyOf }: Pick<PartyReader, 'answer' | 'party'>): Ask[] {
  const found = foundInShop(party, answer);
  const buyers = found?.map(partyOf) ?? [];
  const isFound = buyers.some((buyer) => buyer && taxKeysOf(buyer).some((key) => taxKeysOf(party).includes(key)));
  if (isFound || found === null) return [];
  const ordersOf: Ask = { domain: 'accounting', identifier: { kind: 'ORDERS_OF', value: party.reference } };
  const numbers = (answer(ordersOf)?.found ?? []).slice(0, MAX_ORDERS);
  return [ordersOf, ...numbers.flatMap((value) => toAsks({ kind: 'ORDER_NUMBER', value }))];
}

/** A shop's search by telephone goes through the texts of all orders, some spellings each. */
function asksByPhone(party: Party, { answer }: Pick<PartyReader, 'answer'>): Ask[] {
  const isNobodyFound = foundInShop(party, answer)?.length === 0;
  return isNobodyFound
    ? phonesOf(party).map((value) => ({ domain: 'shop', identifier: { kind: 'PHONE', value } }))
    : [];
}

/** Whom a record's own mailboxes and name find in the shops; null while not all is answered. */
function foundInShop(party: Party, answer: PartyReader['answer']): string[] | null {
  const values = { EMAIL: emailsOf(party), COMPANY_NAME: firmNamesOf(party) };
  const answers = (['EMAIL', 'COMPANY_NAME'] as const).flatMap((kind) =>
    values[kind].map((value) => answer({ domain: 'shop', identifier: { kind, value } })),
  );
  const known = answers.filter((one) => one !== undefined);
  return known.length === answers.length ? known.flatMap(({ found }) => found) : null;
}

/** What the records found next will ask for, as far as this one knows: asked along, it saves a round. */
export function prefetchOf(party: Party, directory: Directory): Ask[] {
  return party.mentions.flatMap((identifier) => {
    if (identifier.kind === 'REFERENCE') return toReferenceAsks([identifier.value], directory);
    return identifier.kind === 'EMAIL' && !isUsableEmail(identifier.value) ? [] : toAsks(identifier);
  });
}

export function toAsks(identifier: Identifier): Ask[] {
  const { kind } = identifier;
  return kind === 'REFERENCE' ? [] : EXPLORED[kind].map((domain) => ({ domain, identifier }));
}

export function toReferenceAsks(references: readonly string[], directory: Directory): Ask[] {
  return references.flatMap((value) =>
    directory.domainsOf(value).map((domain) => ({ domain, identifier: { kind: 'REFERENCE', value } as const })),
  );
}

/** The sealed references of guests are of our own making: no system holds them. */
function pointersTo(party: Party): string[] {
  return parseReference(party.reference)?.type === 'guest' ? [] : namesOf(party);
}

import type { Identifier, Party } from '../shared/party.ts';
import { parseReference } from '../shared/reference.ts';
import { type Ask, type Directory, EXPLORED } from './domains.ts';
import { emailsOf, namesOf, phonesOf, taxKeysOf, unitOf } from './identifiers.ts';
import type { OperatorLinks } from './links-file.ts';
import type { Answer } from './party-reader.ts';
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
  ];
  const forced = namesOf(party).flatMap((name) => [...(operator.link.get(name) ?? [])]);
  if (party.isRetail) return toReferenceAsks(forced, directory);
  return [
    ...identifiers.flatMap(toAsks),
    ...toReferenceAsks([...forced, ...party.externalReferences, ...party.associations], directory),
  ];
}

/** Newest orders of a client that are looked for at most. */
const MAX_ORDERS = 5;

/**
 * No shop finds an account by its tax id, and the accountant's mailbox is mostly not the buyer's. But the client's
 * invoices name the orders, and these the buyer: so a firm whose own mailbox finds nobody in a shop finds its accounts,
 * as these find the firm. What links them is still the tax id.
 */
export function asksByOrders(party: Party, answer: (ask: Ask) => Answer | undefined): Ask[] {
  if (party.recordType !== 'CLIENT' || party.isRetail || taxKeysOf(party).length === 0 || unitOf(party) !== '')
    return [];
  const ordersOf: Ask = { domain: 'accounting', identifier: { kind: 'ORDERS_OF', value: party.reference } };
  const inShop = emailsOf(party).map((value) => answer({ domain: 'shop', identifier: { kind: 'EMAIL', value } }));
  const isNeeded = inShop.every((known) => known?.found.length === 0);
  const numbers = isNeeded ? (answer(ordersOf)?.found ?? []).slice(0, MAX_ORDERS) : [];
  return [ordersOf, ...numbers.flatMap((value) => toAsks({ kind: 'ORDER_NUMBER', value }))];
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

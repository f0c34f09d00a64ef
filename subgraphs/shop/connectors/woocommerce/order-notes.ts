import type { OrderStatus, OrderStatusChange } from '../../model.ts';
import { fromGmt } from './dates.ts';
import type { NotePayload } from './payloads.ts';

/** WooCommerce keeps no history: it writes a sentence, in the shop's language, behind whatever the cause wrote. */
const CHANGED = [
  /Order status changed from (.+) to (.+?)\.?$/i,
  /Status zam[oó]wienia (?:zosta[lł] )?zmienion[yo] z (.+) na (.+?)\.?$/i,
  /Zmieniono status zam[oó]wienia z (.+) na (.+?)\.?$/i,
];
const SET = [
  /Order status set to (.+?)\.?$/i,
  /Status zam[oó]wienia (?:zosta[lł] )?ustawion[yo] na (.+?)\.?$/i,
  /Ustawiono status zam[oó]wienia na (.+?)\.?$/i,
];

/** The labels of WooCommerce's statuses in English and Polish, in lower case. */
const SLUGS: Readonly<Record<string, string>> = {
  'pending payment': 'pending',
  pending: 'pending',
  'oczekujące na płatność': 'pending',
  'oczekuje na płatność': 'pending',
  oczekujące: 'pending',
  processing: 'processing',
  'w trakcie realizacji': 'processing',
  przetwarzanie: 'processing',
  'on hold': 'on-hold',
  'on-hold': 'on-hold',
  wstrzymane: 'on-hold',
  wstrzymany: 'on-hold',
  completed: 'completed',
  zrealizowane: 'completed',
  ukończone: 'completed',
  cancelled: 'cancelled',
  anulowane: 'cancelled',
  refunded: 'refunded',
  zwrócone: 'refunded',
  zwrócono: 'refunded',
  failed: 'failed',
  nieudane: 'failed',
  niepowodzenie: 'failed',
  draft: 'checkout-draft',
  szkic: 'checkout-draft',
};

/** Characters at a note's end that its sentence may have: looking for it takes more than the square of the length. */
const MAX_SENTENCE = 500;

/** The oldest first; notes that say something else are left out. */
export function toStatusHistory(
  notes: readonly NotePayload[],
  toStatus: (raw: string, hasParcel: boolean) => OrderStatus,
): OrderStatusChange[] {
  return [...notes]
    .sort((left, right) => left.id - right.id)
    .flatMap(({ note, date_created_gmt }) => {
      const change = readNote(
        note
          .replace(/<[^<>]*>/g, '')
          .trim()
          .slice(-MAX_SENTENCE),
      );
      if (!change) return [];
      const status = (label: string) => toStatus(SLUGS[label.toLowerCase()] ?? label.toLowerCase(), false);
      return [
        {
          at: fromGmt(date_created_gmt),
          from: change.from === null ? null : status(change.from),
          to: status(change.to),
          raw: change.from === null ? change.to : `${change.from} → ${change.to}`,
        },
      ];
    });
}

function readNote(note: string): { from: string | null; to: string } | null {
  for (const pattern of CHANGED) {
    const [, from, to] = pattern.exec(note) ?? [];
    if (from && to) return splitLabels(from, to);
  }
  for (const pattern of SET) {
    const to = pattern.exec(note)?.[1];
    if (to) return { from: null, to };
  }
  return null;
}

/** "z Oczekujące na płatność na W trakcie realizacji": the word between the labels also stands inside one. */
function splitLabels(from: string, to: string): { from: string; to: string } {
  const words = `${from} na ${to}`.split(' na ');
  for (let at = 1; at < words.length; at += 1) {
    const [left, right] = [words.slice(0, at).join(' na '), words.slice(at).join(' na ')];
    if (Object.hasOwn(SLUGS, left.toLowerCase()) && Object.hasOwn(SLUGS, right.toLowerCase())) {
      return { from: left, to: right };
    }
  }
  return { from, to };
}

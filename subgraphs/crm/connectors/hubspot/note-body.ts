import { toPlainText } from './plain-text.ts';

/**
 * A note's last line bears its key: HubSpot has no property for one that a client may write (`hs_unique_creation_key` is
 * its own), and its editor drops what is not shown.
 */
const MARK = /\[jeden ([\w-]{16,64})\]$/;

/** HubSpot's notes are HTML. */
export function toNoteBody(text: string, key: string): string {
  const lines = text.trim().split(/\r?\n/).map(escapeHtml);
  return `<p>${lines.join('<br>')}</p><p>[jeden ${key}]</p>`;
}

/** What stands in a note, and the key of one that we wrote. */
export function readNote(body: string | null): { text: string | null; key: string | null } {
  const plain = toPlainText(body);
  const key = MARK.exec(plain ?? '')?.[1] ?? null;
  return { text: plain?.replace(MARK, '').trimEnd() || null, key };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

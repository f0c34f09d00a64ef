import { Parser } from 'htmlparser2';

/**
 * Text without markup. Notes and calls are HTML, tickets and e-mails plain text that may hold `<jan@firma.pl>`: so
 * only what has a known tag in it is read as HTML.
 */
export function toPlainText(value: string | null): string | null {
  if (value === null) return null;
  const plain = LOOKS_LIKE_HTML.test(value) ? stripMarkup(value) : value;
  return (
    plain
      .replaceAll(/[^\S\n]+/g, ' ')
      .replaceAll(/ ?\n ?/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim() || null
  );
}

const LOOKS_LIKE_HTML =
  /<\/?(?:!doctype|html|head|body|p|br|div|span|a|b|i|u|strong|em|ul|ol|li|table|tr|td|h[1-6]|img|blockquote|style|script)\b[^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);/i;

const BLOCKS = new Set([
  'p',
  'br',
  'div',
  'li',
  'tr',
  'table',
  'ul',
  'ol',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);

/** Their text is not for readers. */
const SILENT = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);

function stripMarkup(html: string): string {
  let plain = '';
  let silentDepth = 0;
  const parser = new Parser(
    {
      ontext: (part) => {
        if (silentDepth === 0) plain += part.replaceAll(/\s+/g, ' ');
      },
      onopentag: (name) => {
        if (SILENT.has(name)) silentDepth += 1;
        if (BLOCKS.has(name)) plain += '\n';
      },
      onclosetag: (name) => {
        if (SILENT.has(name)) silentDepth -= 1;
        if (BLOCKS.has(name) && name !== 'br') plain += '\n';
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return plain;
}

import { createContext, runInContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { scrub } from '../../common/scrub.ts';
import { publicError } from '../../gateway/execution/subgraph-error.ts';
import { toVatRate } from '../../subgraphs/accounting/connectors/fakturownia/mapping-vat.ts';
import { orderNumbersIn, splitOrderNumbers } from '../../subgraphs/accounting/order-numbers.ts';
import { readNote } from '../../subgraphs/crm/connectors/hubspot/note-body.ts';
import { toPlainText } from '../../subgraphs/crm/connectors/hubspot/plain-text.ts';
import { coreOfCompanyName, isMaybeSameCompany, isSamePerson } from '../../subgraphs/identity/names.ts';
import { isMaskedEmail, isPlaceholderEmail, isUsablePhone } from '../../subgraphs/identity/usable.ts';
import { subjectTags } from '../../subgraphs/shared/cache/subjects.ts';
import { parseDecimal } from '../../subgraphs/shared/money.ts';
import { normaliseEmail, normalisePhone, parseTaxId } from '../../subgraphs/shared/normalise.ts';
import { parseJson } from '../../subgraphs/shared/upstream/body.ts';
import { toStatusHistory } from '../../subgraphs/shop/connectors/woocommerce/order-notes.ts';

/**
 * Whoever writes to a company, or orders at its shop, chooses texts that are read here. One that takes the square of its
 * length holds the process for everybody (CWE-1333): at this length for minutes, where others take milliseconds.
 */
const LENGTH = 500_000;
const LIMIT_MS = 5000;

const NOTE = { id: 1, date_created_gmt: '2026-01-01T00:00:00' };

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  subjectTags: (text) => subjectTags({ source: 'shop', type: 'order', id: '1' }, { note: text }, []),
  scrub,
  publicError: (text) => publicError('shop', { message: `${text} http://shop.example/`, extensions: {} }),
  toPlainText,
  readNote,
  toStatusHistory: (text) => toStatusHistory([{ ...NOTE, note: text }], () => 'OTHER'),
  toVatRate: (text) => toVatRate(text, { kind: 'vat' }),
  orderNumbersIn,
  splitOrderNumbers,
  coreOfCompanyName,
  isMaybeSameCompany: (text) => isMaybeSameCompany(text, `${text}x`),
  isSamePerson: (text) => isSamePerson(text, `${text}x`),
  emails: (text) => [
    normaliseEmail(text),
    normaliseEmail(`${text}@firma.pl`),
    isMaskedEmail(text),
    isPlaceholderEmail(text),
  ],
  phones: (text) => [normalisePhone(text), isUsablePhone(text)],
  parseTaxId: (text) => parseTaxId(text),
  parseDecimal: (text) => {
    expect(() => parseDecimal(`${text}?`)).toThrow();
  },
  parseJson: (text) => parseJson(Buffer.from(text), true),
};

const PARTS = [
  'a',
  '1',
  ' ',
  '\n',
  '.',
  ',',
  '@',
  'a@',
  'a.',
  '+1',
  '-/',
  '<',
  '<p ',
  '&',
  '[',
  ':',
  ': ',
  ' na ',
  ' to ',
  's.',
  'z o',
  'no',
  '1 i ',
  'order',
  'order 1,',
  'zamówienie',
  'http://',
  '[jeden ',
  'Order status changed from ',
];

test.each(Object.keys(READERS))('%s reads a text of any length', (name) => {
  for (const part of PARTS) {
    for (const text of [part.repeat(LENGTH / part.length), `order${part.repeat(LENGTH / part.length)}@ x`]) {
      const context = createContext({ read: () => void READERS[name]!(text) });
      expect(() => runInContext('read()', context, { timeout: LIMIT_MS })).not.toThrow();
    }
  }
});

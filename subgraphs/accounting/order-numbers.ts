/** An order number begins with a digit or a short prefix of letters, and has a digit. */
const NUMBER = String.raw`#?\s?(?:[A-Z]{1,6}[-/]?)?\d[\w/-]*`;

/** "Zamówienie nr 1001", "zam. 1001", "Zamówienia: 1001, 1002", "nr zamówienia 1001", "Order #1001". */
const IN_WORDS = new RegExp(
  String.raw`(?:zam[óo]wie[nń]\p{L}*|zam\.|order\p{L}*)(?:[\s:.]|nr|numery?|no)*` +
    String.raw`(${NUMBER}(?:\s*(?:,|;|\+|\bi\b|\boraz\b|\band\b)\s*${NUMBER})*)`,
  'giu',
);

/** The order numbers in a field made for them: "1001", "#1001", "1001, 1002". */
export function splitOrderNumbers(text: string | null | undefined): string[] {
  const parts = (text ?? '').split(/[,;\s]+/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== '' && part !== '#'))];
}

/** Characters of a remark: looking through one takes the square of its length. */
const MAX_REMARK = 4000;

/** The order numbers that a remark names. */
export function orderNumbersIn(text: string | null | undefined): string[] {
  const lists = [...beginning(text ?? '').matchAll(IN_WORDS)].map(([, list = '']) => list);
  const numbers = lists.flatMap((list) => list.match(new RegExp(NUMBER, 'giu')) ?? []);
  return [...new Set(numbers.map((number) => number.replace(/\s/g, '').replace(/[/-]+$/, '')))];
}

/** Without a number that would be cut in two. */
function beginning(remark: string): string {
  return remark.length > MAX_REMARK ? remark.slice(0, MAX_REMARK).replace(/[\w/-]+$/, '') : remark;
}

/** One spelling of an order number, to compare by. */
export function orderNumberKey(number: string): string {
  return number.trim().replace(/^#\s*/, '').toLowerCase();
}

/**
 * Identifiers that never tell who somebody is: placeholders that clerks type to get past a form, and mailboxes that a
 * marketplace makes up for each buyer.
 */

const PLACEHOLDER_LOCAL_PARTS =
  /^(brak|brakmaila|brak[._-]?(e?-?mail|adresu)[a-z]*|nie[._-]?ma|none|null|n[._-]?a|test\d*|no-?reply|noemail|nomail|no-?email|do-?not-?reply|xxx*|aaa*|asd|qwe(rty)?|abc|example|sample|anonym(ous)?)$/;

/** Reserved by RFC 2606 and RFC 6761, or commonly typed where there is no address. */
const PLACEHOLDER_DOMAINS =
  /^(example\.(com|org|net|pl)|.*\.(example|invalid|test|localhost)|test\.(pl|com)|brak\.(pl|com)|brakmaila\.pl|nomail\.(com|pl)|none\.(com|pl)|noemail\.(com|pl)|mail\.brak|xx+\.(pl|com)|a+\.(pl|com))$/;

const MASKED_DOMAINS =
  /^((user\.)?allegro(mail)?\.(pl|com|cz|sk)|marketplace\.amazon\.[a-z.]+|members\.ebay\.[a-z.]+|.*\.?kaufland-marktplatz\.de|relay\.erli\.pl|customer\.emag\.(ro|hu|bg)|empikplace\.com|privaterelay\.appleid\.com)$/;

export function isPlaceholderEmail(email: string): boolean {
  const { local, domain } = split(email);
  return PLACEHOLDER_DOMAINS.test(domain) || PLACEHOLDER_LOCAL_PARTS.test(local);
}

/** An address that a marketplace made up: it reaches the buyer but is not theirs. */
export function isMaskedEmail(email: string): boolean {
  return MASKED_DOMAINS.test(split(email).domain);
}

export function isUsableEmail(email: string): boolean {
  return !isPlaceholderEmail(email) && !isMaskedEmail(email);
}

/** Six or more equal digits at the end, or digits that count up or down, are typed, not owned. */
export function isUsablePhone(phone: string): boolean {
  const national = phone.replace(/\D/g, '').slice(-9);
  return !/(\d)\1{5,}$/.test(national) && !'0123456789012'.includes(national) && !'9876543210'.includes(national);
}

/** All check digits are right in 1111111111 and its like; 1234563218 is the example of many a form. */
const PLACEHOLDER_TAX_KEY = /^PL(?:(\d)\1{9}|1234563218)$/;

export function isUsableTaxKey(key: string): boolean {
  return !PLACEHOLDER_TAX_KEY.test(key);
}

function split(email: string): { local: string; domain: string } {
  const at = email.lastIndexOf('@');
  return { local: email.slice(0, at), domain: email.slice(at + 1) };
}

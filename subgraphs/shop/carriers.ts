/** A carrier's own page for a parcel. Ordered: the first pattern that fits the carrier's name counts. */
const CARRIERS: readonly (readonly [name: RegExp, toUrl: (number: string) => string])[] = [
  [/inpost|paczkomat/i, (number) => `https://inpost.pl/sledzenie-przesylek?number=${number}`],
  [/\bdpd\b/i, (number) => `https://tracktrace.dpd.com.pl/parcelDetails?typ=1&p1=${number}`],
  [/\bdhl\b/i, (number) => `https://www.dhl.com/pl-pl/home/tracking/tracking-parcel.html?tracking-id=${number}`],
  [/\bgls\b/i, (number) => `https://gls-group.com/PL/pl/sledzenie-paczek/?match=${number}`],
  [/poczta|pocztex/i, (number) => `https://emonitoring.poczta-polska.pl/?numer=${number}`],
  [/\bups\b/i, (number) => `https://www.ups.com/track?loc=pl_PL&tracknum=${number}`],
  [/fedex/i, (number) => `https://www.fedex.com/fedextrack/?trknbr=${number}`],
];

/** Null for a carrier that we don't know: a guess would lead the customer astray. */
export function carrierUrl(carrier: string | null, trackingNumber: string): string | null {
  // Carriers are written as they come: "DPD Polska", "dpd-poland".
  const name = (carrier ?? '').replace(/[_-]/g, ' ');
  const found = CARRIERS.find(([pattern]) => pattern.test(name));
  return found ? found[1](encodeURIComponent(trackingNumber)) : null;
}

/** Only an address of the web is handed on: what a clerk typed may be anything. */
export function webUrl(text: string | null | undefined): string | null {
  const url = (text ?? '').trim();
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}

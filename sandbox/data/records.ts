/**
 * What the three sandbox stores hold: compact records, one union of types a system. They are the vendors' objects
 * in our own words; `sandbox/server` renders them on the vendors' wire formats.
 *
 * Money is an integer of minor units (grosze, cents) and its name ends in `Minor`. Instants are epoch milliseconds
 * (UTC) and end in `At`; calendar days are `YYYY-MM-DD` text in the company's zone and end in `Date`. Absent is `null`.
 * Records are mutable: a server writes to them, and what it writes wins.
 */
export * from './records-fakturownia.ts';
export * from './records-hubspot.ts';
export * from './records-woo.ts';

/** A VAT rate as it stands on a Polish document: a percentage, exempt, outside VAT, or domestic reverse charge. */
export type VatCode = '23' | '8' | '5' | '0' | 'zw' | 'np' | 'oo';

export type Currency = 'PLN' | 'EUR' | 'USD' | 'CZK';

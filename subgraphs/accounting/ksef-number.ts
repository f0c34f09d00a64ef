/** What a KSeF number says. */
export interface KsefNumber {
  text: string;
  /** The day KSeF accepted the document, YYYY-MM-DD: not the day of issue. */
  acceptedOn: string;
}

/** KSeF 2.0 has 35 characters; KSeF 1.0 had one more hyphen. Sellers without NIP have other ids. */
const PATTERN = /^(?:\d{10}|M\d{9}|[A-Z]{3}\d{7})-(\d{4})(\d{2})(\d{2})-[0-9A-F]{6}-?[0-9A-F]{6}-([0-9A-F]{2})$/;

/** Null for what is none: of another form, or with a wrong checksum. */
export function parseKsefNumber(raw: string): KsefNumber | null {
  const text = raw.trim().toUpperCase();
  const [, year, month, day, checksum] = PATTERN.exec(text) ?? [];
  if (!checksum || crc8(text.slice(0, -3)) !== Number.parseInt(checksum, 16)) return null;
  const acceptedOn = `${year}-${month}-${day}`;
  const instant = new Date(`${acceptedOn}T00:00:00Z`);
  const isDay = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(acceptedOn);
  return isDay ? { text, acceptedOn } : null;
}

/** CRC-8 with the polynomial 0x07 from 0x00, as KSeF's documentation gives it. */
function crc8(text: string): number {
  let crc = 0;
  for (const byte of Buffer.from(text, 'latin1')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

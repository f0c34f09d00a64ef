import type { Dice } from './dice.ts';

/** `NIP-YYYYMMDD-12HEX-CRC8`: the seller, the day of acceptance, a technical part, a check sum. */
export function makeKsefNumber(sellerNip: string, acceptedOn: string, dice: Dice): string {
  const technical = `${hex(dice)}${hex(dice)}`;
  const body = `${sellerNip}-${acceptedOn.replaceAll('-', '')}-${technical}`;
  return `${body}-${crc8(body).toString(16).toUpperCase().padStart(2, '0')}`;
}

function hex(dice: Dice): string {
  return dice.int(0, 0xffffff).toString(16).toUpperCase().padStart(6, '0');
}

/** Polynomial 0x07, begun with 0, over the 32 characters before the last hyphen. */
export function crc8(text: string): number {
  let crc = 0;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : (crc << 1) & 0xff;
  }
  return crc;
}

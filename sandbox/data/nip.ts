const WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7];

/** So many nine-digit beginnings there are; the multiplier shares no factor with it, so that none comes twice. */
const BEGINNINGS = 900_000_000;
const STEP = 370_248_451;

/** Valid NIPs, no one twice: right check digit, and the form that KSeF's FA(3) asks for. */
export function createNips(seed: number): () => string {
  let position = seed % BEGINNINGS;
  return () => {
    for (;;) {
      position = (position + STEP) % BEGINNINGS;
      const beginning = String(position + 100_000_000);
      const digit = checkDigit(beginning);
      if (digit !== null && !beginning.startsWith('00', 1)) return beginning + digit;
    }
  };
}

/** Null where the remainder is 10: no NIP begins so. */
export function checkDigit(nineDigits: string): number | null {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(nineDigits[index]), 0);
  return sum % 11 === 10 ? null : sum % 11;
}

/** The NIP with its last digit mistyped: never valid. */
export function misspellNip(nip: string): string {
  const last = Number(nip[9]);
  return nip.slice(0, 9) + ((last + 1) % 10);
}

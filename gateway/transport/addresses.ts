/** Where one subgraph can be reached: at several addresses when it runs several times. */
export interface Addresses<Address> {
  /** Each in turn, but for those at which nobody was just now. */
  next(): Address;
  /** Nobody is there: not to be tried again for a while. */
  leaveAlone(address: Address): void;
}

const REST_MS = 2000;

export function createAddresses<Address>(all: readonly Address[], now = () => performance.now()): Addresses<Address> {
  const restsUntil = new Map<Address, number>();
  let turn = 0;

  function isResting(address: Address): boolean {
    return (restsUntil.get(address) ?? 0) > now();
  }

  return {
    next() {
      for (let tried = 0; tried < all.length; tried += 1) {
        turn += 1;
        const address = all[turn % all.length]!;
        if (!isResting(address)) return address;
      }
      return all[turn % all.length]!;
    },
    leaveAlone: (address) => void restsUntil.set(address, now() + REST_MS),
  };
}

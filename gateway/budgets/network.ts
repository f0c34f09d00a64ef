import { isIPv6 } from 'node:net';

/** What one owner has of an address: an IPv4 address itself, and of IPv6 the 2^64 around it. */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (embedded !== undefined) return embedded;
  const [before, after = []] = bare.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array.from({ length: Math.max(8 - before!.length - after.length, 0) }, () => '0');
  const groups = [...before!, ...zeros, ...after].slice(0, 4);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

import { perVendor, VENDORS, type Vendor } from '../../sandbox/server/vendors.ts';
import { createExpiredCertificate } from '../../test/setup/faults/certificate.ts';
import { type HttpProxy, startHttpProxy } from '../../test/setup/faults/http-proxy.ts';
import type { LineOrder, LinesStart } from './lines.ts';

/** The lines to the vendors, in a process of their own: what they send without end must not slow what measures. */
let lines: Record<Vendor, HttpProxy>;

async function start({ targets, certificate }: LinesStart): Promise<Record<Vendor, string>> {
  const started = new Map<Vendor, HttpProxy>();
  for (const vendor of VENDORS) started.set(vendor, await startHttpProxy(targets[vendor], { certificate }));
  lines = perVendor((vendor) => started.get(vendor)!);
  valid = certificate;
  return perVendor((vendor) => lines[vendor].url);
}

let valid: LinesStart['certificate'];
const expired = createExpiredCertificate();

function set({ vendor, trouble }: LineOrder): null {
  const isExpired = trouble === 'expired';
  lines[vendor].set(isExpired ? { mode: 'pass' } : trouble);
  if (isExpired) lines[vendor].present(expired);
  else if (trouble.mode === 'pass') lines[vendor].present(valid);
  return null;
}

process.on('message', (order: LinesStart | LineOrder) => {
  const done = 'targets' in order ? start(order) : Promise.resolve(set(order));
  void done.then((answer) => process.send?.({ answer }));
});

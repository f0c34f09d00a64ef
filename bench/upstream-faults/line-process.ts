import { createExpiredCertificate } from '../../test/setup/faults/certificate.ts';
import { type HttpProxy, startHttpProxy } from '../../test/setup/faults/http-proxy.ts';
import type { LineStart } from './lines.ts';
import type { Trouble } from './troubles.ts';

/** The line to one vendor, in a process of its own: what it sends without end must slow neither what measures nor the other lines. */
let line: HttpProxy;
let valid: LineStart['certificate'];
const expired = createExpiredCertificate();

async function start({ target, certificate }: LineStart): Promise<string> {
  valid = certificate;
  line = await startHttpProxy(target, { certificate });
  return line.url;
}

function set(trouble: Trouble): null {
  const isExpired = trouble === 'expired';
  line.set(isExpired ? { mode: 'pass' } : trouble);
  if (isExpired) line.present(expired);
  else if (trouble.mode === 'pass') line.present(valid);
  return null;
}

process.on('message', (order: LineStart | { trouble: Trouble }) => {
  const done = 'target' in order ? start(order) : Promise.resolve(set(order.trouble));
  void done.then((answer) => process.send?.({ answer }));
});

import { testCrmContract } from './crm-contract.ts';
import { startHubspot } from './crm-hubspot-fixture.ts';

testCrmContract('hubspot', async () => {
  const portal = await startHubspot();
  return {
    source: portal.source,
    ids: { palarnia: '77', hurtownia: '78', anna: '501', jan: '502', ewa: '503', piotr: '504', annaBefore: '490' },
    deals: { ekspres: '1', mlynek: '2', filtry: '3', nobodys: '4' },
    tickets: { claim: '1', billing: '2' },
    owner: '9',
    breakDown: () => portal.sandbox.control.set('hubspot', { errorRate: 1, errorStatus: 503 }),
    calls: () => portal.sent.length,
    [Symbol.asyncDispose]: () => portal[Symbol.asyncDispose](),
  };
});

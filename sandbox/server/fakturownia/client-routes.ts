import { z } from 'zod';
import { putClient, takeClientOut } from '../../data/put.ts';
import type { FakturowniaClient, FakturowniaStore } from '../../data/records.ts';
import { comparableTaxNumber } from '../../data/tax-number.ts';
import { type Accounting, type Routes, writtenAt } from './accounting.ts';
import { unprocessable } from './errors.ts';
import { existing, type IdParams, pageOf, queryOf, takePage } from './query.ts';
import { renderClient, shortcutOf } from './render-client.ts';

export const useClientRoutes: Routes = (app, accounting) => {
  const { store } = accounting;

  app.get('/clients.json', async (request) => {
    const query = queryOf(request);
    return takePage(listClients(store, query), pageOf(query)).map(renderClient);
  });

  app.get<{ Params: IdParams }>('/clients/:id.json', async (request) =>
    renderClient(existing(store.clients, request.params.id)),
  );

  app.put<{ Params: IdParams }>('/clients/:id.json', async (request) =>
    renderClient(updateClient(accounting, existing(store.clients, request.params.id), request.body)),
  );
};

/** One exact value for each filter; newest first. */
function* listClients(store: FakturowniaStore, query: URLSearchParams): Generator<FakturowniaClient> {
  const value = (name: string) => query.get(name)?.trim() || null;
  const [name, shortcut, email] = [value('name'), value('shortcut'), value('email')?.toLowerCase() ?? null];
  const [taxNumber, externalId] = [value('tax_no'), value('external_id')];
  const narrow =
    (email === null ? null : (store.clientsByEmail.get(email) ?? [])) ??
    (taxNumber === null ? null : (store.clientsByTaxNumber.get(comparableTaxNumber(taxNumber)) ?? [])) ??
    (externalId === null ? null : (store.clientsByExternalId.get(externalId) ?? []));
  const ids = narrow ?? store.clients.keys();
  for (const id of [...ids].sort((a, b) => b - a)) {
    const client = store.clients.get(id);
    if (client === undefined) continue;
    if (name !== null && client.name.toLowerCase() !== name.toLowerCase()) continue;
    if (shortcut !== null && shortcutOf(client).toLowerCase() !== shortcut.toLowerCase()) continue;
    if (taxNumber !== null && !hasTaxNumber(client, taxNumber)) continue;
    if (externalId !== null && client.externalId !== externalId) continue;
    yield client;
  }
}

function hasTaxNumber(client: FakturowniaClient, taxNumber: string): boolean {
  return client.taxNumber !== null && comparableTaxNumber(client.taxNumber) === comparableTaxNumber(taxNumber);
}

const changeSchema = z.object({
  client: z
    .object({
      name: z.string().min(1),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      tax_no: z.string().nullable(),
      external_id: z.string().nullable(),
      street: z.string().nullable(),
      city: z.string().nullable(),
      post_code: z.string().nullable(),
      note: z.string().nullable(),
    })
    .partial(),
});

function updateClient(accounting: Accounting, client: FakturowniaClient, body: unknown): FakturowniaClient {
  const parsed = changeSchema.safeParse(body);
  if (!parsed.success) throw unprocessable(parsed.error.issues.map((issue) => issue.path.join('.')).join(', '));
  const { store, clock, changes } = accounting;
  const change = parsed.data.client;
  takeClientOut(store, client);
  client.name = change.name ?? client.name;
  for (const field of ['email', 'phone', 'street', 'city', 'note'] as const) {
    if (change[field] !== undefined) client[field] = change[field];
  }
  if (change.tax_no !== undefined) client.taxNumber = change.tax_no;
  if (change.external_id !== undefined) client.externalId = change.external_id;
  if (change.post_code !== undefined) client.postCode = change.post_code;
  client.updatedAt = writtenAt(clock, client);
  putClient(store, client);
  changes.publish({ vendor: 'fakturownia', object: 'client', event: 'update', id: client.id });
  return client;
}

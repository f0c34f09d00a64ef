import type { Routes } from './accounting.ts';
import { existing, type IdParams, pageOf, queryOf, takePage } from './query.ts';
import { renderProduct } from './render-product.ts';

/** Products, departments, and what the account tells of itself. */
export const useOtherRoutes: Routes = (app, { store, clock }) => {
  app.get('/products.json', async (request) => {
    const query = queryOf(request);
    const changedSince = query.get('date_from');
    const products = [...store.products.values()]
      .filter((product) => changedSince === null || clock.dateOf(new Date(product.updatedAt)) >= changedSince)
      .sort((a, b) => b.id - a.id);
    return takePage(products, pageOf(query)).map(renderProduct);
  });

  app.get<{ Params: IdParams }>('/products/:id.json', async (request) =>
    renderProduct(existing(store.products, request.params.id)),
  );

  app.get('/departments.json', async () =>
    [...store.departments.values()].map((department) => ({
      id: department.id,
      name: department.name,
      shortcut: department.shortcut,
      tax_no: department.taxNumber,
      street: department.street,
      city: department.city,
      post_code: department.postCode,
      bank_account: department.bankAccount,
    })),
  );

  app.get('/account.json', async () => ({
    prefix: 'sandbox',
    url: 'https://sandbox.fakturownia.pl',
    plan: 'pro',
    lang: 'pl',
    currency: 'PLN',
    time_zone: 'Europe/Warsaw',
    gov_enabled: true,
  }));
};

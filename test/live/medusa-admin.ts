import { z } from 'zod';

/** Medusa's admin API with plain fetch; the vendor's SDK is kept for reading back what was written here. */
export interface MedusaAdmin {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  delete(path: string): Promise<void>;
}

export function createMedusaAdmin(server: { url: string; apiKey: string }): MedusaAdmin {
  const authorization = `Basic ${Buffer.from(`${server.apiKey}:`).toString('base64')}`;
  return createAdminWith(server.url, { authorization });
}

/** Signs in as the admin user and creates a secret key. */
export async function createSecretKey(url: string, admin: { email: string; password: string }): Promise<string> {
  const { token } = await createAdminWith(url, {}).post('/auth/user/emailpass', admin, z.object({ token: z.string() }));
  const signedIn = createAdminWith(url, { authorization: `Bearer ${token}` });
  const body = { title: 'live tests', type: 'secret' };
  const { api_key } = await signedIn.post(
    '/admin/api-keys',
    body,
    z.object({ api_key: z.object({ token: z.string() }) }),
  );
  return api_key.token;
}

function createAdminWith(url: string, headers: Record<string, string>): MedusaAdmin {
  const call = async <T>(path: string, init: RequestInit, schema: z.ZodType<T>): Promise<T> => {
    const response = await fetch(new URL(path, url), init);
    const text = await response.text();
    if (!response.ok) throw new Error(`Medusa ${init.method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return schema.parse(JSON.parse(text));
  };
  return {
    get: (path, schema) => call(path, { method: 'GET', headers }, schema),
    post: (path, body, schema) =>
      call(
        path,
        { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) },
        schema,
      ),
    delete: async (path) => {
      await call(path, { method: 'DELETE', headers }, z.unknown());
    },
  };
}

import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import { z } from 'zod';
import { isSecretHash } from './secret-hash.ts';

/** One spelling of a scope: RFC 6749, section 3.3. */
export const scopeSchema = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'expected a scope, as orders:read');

/** What stands in tokens and in the Authorization header of the token endpoint, so no colon and no space. */
export const clientIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'expected a name of lower case letters, digits, ".", "_" and "-"');

const instant = z.iso.datetime({ offset: true, error: 'expected an instant, as 2027-01-31T00:00:00Z' });

const secretSchema = z.strictObject({
  hash: z.string().refine(isSecretHash, 'expected a hash that "npm run client" wrote'),
  createdAt: instant,
  /** When a secret that was replaced stops to work. */
  expiresAt: instant.nullable(),
});

const clientSchema = z.strictObject({
  id: clientIdSchema,
  secrets: z.array(secretSchema),
  scopes: z.array(scopeSchema),
  /**
   * "all"; "own": of the one customer whom each token names; or an object of rules (common/row-rules.ts). Not checked
   * here: rules that can't be read deny this client's rows, and must not hold up what is said of the others.
   */
  rows: z.unknown(),
  /** Cost points a minute; null is the gateway's default. */
  budget: z.int().positive().nullable(),
  /** "trusted": only documents that are registered. Null, or not there, is the gateway's default. */
  documents: z.enum(['any', 'trusted']).nullish(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

const revokedTokenSchema = z.strictObject({
  /** "embedded", or the address of an issuer outside. */
  issuer: z.string().min(1),
  id: z.string().min(1),
  revokedAt: instant,
  /** When no such token can be alive any more. */
  until: instant,
});

const fileSchema = z.strictObject({
  version: z.literal(1),
  clients: z.array(clientSchema),
  revokedTokens: z.array(revokedTokenSchema).default([]),
});

export type ClientRecord = z.infer<typeof clientSchema>;
export type ClientFile = z.infer<typeof fileSchema>;

export const EMPTY_CLIENT_FILE: ClientFile = { version: 1, clients: [], revokedTokens: [] };

/** Says what is wrong and where, and quotes nothing: a secret may have been pasted into the wrong place. */
export class ClientFileError extends Error {
  constructor(path: string, problem: string) {
    super(`${path} is not a client registry: ${problem}`);
    this.name = 'ClientFileError';
  }
}

/** Reads JSON or YAML. */
export function parseClientFile(path: string, text: string): ClientFile {
  const parsed = fileSchema.safeParse(parseText(path, text));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ClientFileError(path, problems.join('; '));
  }
  const ids = new Set(parsed.data.clients.map(({ id }) => id));
  if (ids.size < parsed.data.clients.length) throw new ClientFileError(path, 'a client is in it twice');
  return parsed.data;
}

/** Writes YAML into a `.yaml` or `.yml` file, else JSON. */
export function formatClientFile(path: string, file: ClientFile): string {
  return /\.ya?ml$/.test(path) ? stringifyYaml(file) : `${JSON.stringify(file, null, 2)}\n`;
}

function parseText(path: string, text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    throw new ClientFileError(path, 'neither JSON nor YAML');
  }
}

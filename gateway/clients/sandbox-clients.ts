import type { ClientRecord } from './client-file.ts';
import { hashSecret } from './secret-hash.ts';

/** The people of the made-up company whom the sandbox's clients are about, as references. */
export interface SandboxPeople {
  /** One customer of the shop. */
  shopper: string;
  /** The customers of one partner. */
  partnerCustomers: readonly string[];
  /** One salesperson and their team in the CRM. */
  salesTeam: readonly string[];
}

/** What a logged-in customer sees of themself; the CRM's notes and deals about them are not theirs to see. */
const CUSTOMER_SCOPES = [
  'customers:read',
  'customers:pii',
  'customers:tax-id',
  'orders:read',
  'invoices:read',
  'invoices:documents',
  'payments:read',
  'finance:receivables',
];

/** The audiences of the documentation, by name. */
const AUDIENCES: Readonly<Record<string, { scopes: readonly string[]; rows(people: SandboxPeople): unknown }>> = {
  // The shop's web site: each of its tokens is for the one customer who is logged in.
  frontend: { scopes: CUSTOMER_SCOPES, rows: () => 'own' },
  shopper: { scopes: CUSTOMER_SCOPES, rows: ({ shopper }) => ({ own: shopper }) },
  partner: {
    scopes: ['customers:read', 'orders:read', 'invoices:read'],
    rows: ({ partnerCustomers }) => ({ customers: partnerCustomers }),
  },
  support: {
    scopes: [
      'customers:read',
      'customers:pii',
      'orders:read',
      'invoices:read',
      'invoices:documents',
      'payments:read',
      'finance:overdue',
      'activities:read',
      'activities:write',
      'findings:read',
      'stock:read',
    ],
    rows: () => 'all',
  },
  sales: {
    scopes: [
      'customers:read',
      'customers:pii',
      'customers:tax-id',
      'orders:read',
      'finance:overdue',
      'activities:read',
      'activities:write',
      'findings:read',
      'stock:read',
    ],
    rows: ({ salesTeam }) => ({ owner: salesTeam }),
  },
  finance: {
    scopes: [
      'customers:read',
      'customers:pii',
      'customers:tax-id',
      'orders:read',
      'invoices:read',
      'invoices:documents',
      'payments:read',
      'finance:receivables',
      'finance:bank',
      'finance:margin',
      'findings:read',
      'stock:read',
    ],
    rows: () => 'all',
  },
  // Whoever runs the graph: sees how the systems are, and nobody's data.
  operator: { scopes: ['admin:connections'], rows: () => 'none' },
};

/** Not secret: it opens the records of people who do not exist. Null for a client that the sandbox does not have. */
export function sandboxSecret(clientId: string): string | null {
  return Object.hasOwn(AUDIENCES, clientId) ? `sandbox-${clientId}-secret` : null;
}

/** Null for a client that the sandbox does not have. */
export function sandboxScopes(clientId: string): readonly string[] | null {
  return Object.hasOwn(AUDIENCES, clientId) ? AUDIENCES[clientId]!.scopes : null;
}

/** The clients that the sandbox starts with. Only for it: their secrets stand in the documentation. */
export function sandboxClients(people: SandboxPeople): Promise<ClientRecord[]> {
  const createdAt = new Date().toISOString();
  return Promise.all(
    Object.entries(AUDIENCES).map(async ([id, { scopes, rows }]) => ({
      id,
      secrets: [{ hash: await hashSecret(`sandbox-${id}-secret`), createdAt, expiresAt: null }],
      scopes: [...scopes],
      rows: rows(people),
      budget: null,
      createdAt,
      expiresAt: null,
      revokedAt: null,
    })),
  );
}

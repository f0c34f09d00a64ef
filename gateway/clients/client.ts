import { intersectRowRules, NO_ROWS, parseRowRules, type RowRules } from '../../common/row-rules.ts';
import type { ClientRecord } from './client-file.ts';
import { isSecretOf } from './secret-hash.ts';

/** A program of somebody's that may ask the embedded issuer for tokens. */
export interface Client {
  id: string;
  scopes: readonly string[];
  /** Cost points a minute; null is the gateway's default. */
  budget: number | null;
  /** Whether it may send any document, or only registered ones; null is the gateway's default. */
  documents: 'any' | 'trusted' | null;
  /** Each token has to name the one customer it is for. */
  namesCustomer: boolean;
  /** Neither revoked nor expired. */
  isActive(nowMs: number): boolean;
  isSecret(secret: string, nowMs: number): Promise<boolean>;
  /** `own` is the customer whom a token of this client names. */
  rowsFor(own: string | null): RowRules;
}

export function toClient(record: ClientRecord): Client {
  const namesCustomer = record.rows === 'own';
  const rows = namesCustomer ? NO_ROWS : parseRowRules(record.rows);
  const endsAtMs = Math.min(timeOf(record.expiresAt), timeOf(record.revokedAt));
  return {
    id: record.id,
    scopes: record.scopes,
    budget: record.budget,
    documents: record.documents ?? null,
    namesCustomer,
    isActive: (nowMs) => nowMs < endsAtMs,
    isSecret: async (secret, nowMs) => {
      const living = record.secrets.filter(({ expiresAt }) => nowMs < timeOf(expiresAt));
      const answers = await Promise.all(living.map(({ hash }) => isSecretOf(secret, hash)));
      return answers.includes(true);
    },
    rowsFor: (own) => {
      if (own === null) return rows;
      const ofOne = parseRowRules({ own });
      return namesCustomer ? ofOne : intersectRowRules(rows, ofOne);
    },
  };
}

function timeOf(instant: string | null): number {
  return instant === null ? Number.POSITIVE_INFINITY : Date.parse(instant);
}

import type { Logger } from '../common/log.ts';
import type { Redis } from '../common/redis.ts';
import type { Parsed } from '../common/settings.ts';
import { createBudgets } from './budgets/budgets.ts';
import { budgetSettings } from './budgets/settings.ts';
import { createDocumentFile } from './documents/document-file.ts';
import { documentSettings, documentsFileOf } from './documents/settings.ts';
import { createTrustedDocuments } from './documents/trusted-documents.ts';
import type { GatewayOptions } from './gateway.ts';
import { overloadSettings } from './overload/settings.ts';

/** How much callers may ask for, alone and together, and which documents they may send: settings of every process that holds a gateway. */
export const admissionSettings = { ...budgetSettings, ...documentSettings, ...overloadSettings } as const;

export function createAdmission(
  settings: Parsed<typeof admissionSettings> & { stateDir: string },
  { redis, log }: { redis: Redis | null; log: Logger },
): Required<Pick<GatewayOptions, 'budgets' | 'documents' | 'overload' | 'trustedProxies'>> {
  const { budgetPerMinute: perMinute, anonymousBudgetPerMinute: anonymousPerMinute } = settings;
  const find = createDocumentFile({ path: documentsFileOf(settings), log });
  return {
    budgets: createBudgets({ perMinute, anonymousPerMinute, redis, log }),
    documents: createTrustedDocuments({ find, fallback: settings.documents }),
    overload: settings,
    trustedProxies: settings.trustedProxies ?? [],
  };
}

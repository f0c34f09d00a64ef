import { parseKsefNumber } from '../../ksef-number.ts';
import type { InvoiceKind, KsefInfo, KsefStatus } from '../../model.ts';
import type { InvoicePayload } from './payloads.ts';
import { toInstant, toText } from './values.ts';

/** https://github.com/fakturownia/API/blob/master/KSeF.md, "Możliwe statusy". */
const STATUSES: ReadonlyMap<string, KsefStatus> = new Map([
  ['ok', 'ACCEPTED'],
  ['processing', 'PROCESSING'],
  // KSeF may have accepted it: only the question how it stands failed.
  ['status_check_error', 'PROCESSING'],
  ['send_error', 'REJECTED'],
  ['duplicate_error', 'DUPLICATE'],
  ['offline', 'QUEUED_OFFLINE'],
  ['offline_error', 'QUEUED_OFFLINE'],
  ['server_error', 'NOT_SENT'],
  ['blocked_403_error', 'NOT_SENT'],
  ['not_connected', 'NOT_SENT'],
  ['not_applicable', 'NOT_REQUIRED'],
]);

/** Documents that KSeF does not take. */
const OUTSIDE: ReadonlySet<InvoiceKind> = new Set(['PROFORMA', 'RECEIPT', 'SIMPLIFIED', 'INTEREST_NOTE']);

/** Null where the account's documents have no KSeF fields at all. */
export function toKsef(payload: InvoicePayload, kind: InvoiceKind): KsefInfo | null {
  if (payload.gov_status === undefined) return null;
  const statusRaw = toText(payload.gov_status);
  const number = toNumber(payload);
  return {
    status: toStatus(statusRaw, kind),
    statusRaw,
    number: number?.text ?? null,
    sentAt: toInstant(payload.gov_send_date),
    acceptedOn: number?.acceptedOn ?? null,
    verificationUrl: toVerificationUrl(payload.gov_verification_link),
    messages: [
      ...(payload.gov_error_messages ?? []),
      ...(payload.gov_id && !number && !isDemo(statusRaw)
        ? ['The KSeF number in the accounting is not a valid one']
        : []),
    ],
  };
}

function toStatus(raw: string | null, kind: InvoiceKind): KsefStatus {
  if (raw === null) return OUTSIDE.has(kind) ? 'NOT_REQUIRED' : 'NOT_SENT';
  // Sent to KSeF's demonstration system: to the real one it was not.
  if (isDemo(raw)) return 'NOT_SENT';
  return STATUSES.get(raw) ?? 'UNKNOWN';
}

function toNumber({ gov_id, gov_status }: InvoicePayload) {
  return gov_id && !isDemo(gov_status ?? null) ? parseKsefNumber(gov_id) : null;
}

function isDemo(status: string | null): boolean {
  return status?.startsWith('demo_') ?? false;
}

/** Only KSeF's own pages are handed on. */
function toVerificationUrl(link: string | null | undefined): string | null {
  if (!link || !URL.canParse(link)) return null;
  const { protocol, hostname } = new URL(link);
  return protocol === 'https:' && /(^|\.)mf\.gov\.pl$/.test(hostname) ? link : null;
}

import { z } from 'zod';
import { setting } from '../../common/settings.ts';
import { DEFAULT_AUDIT_SCOPES } from './sensitive-fields.ts';

export const auditFileSetting = setting({
  name: 'AUDIT_FILE',
  schema: z.string(),
  default: null,
  description:
    'file that the audit is appended to, as lines of JSON; without it they go to stdout with the name "audit"',
});

/** For the command that reads it. */
export const auditTokenSetting = setting({
  name: 'AUDIT_TOKEN',
  schema: z.string(),
  default: null,
  secret: true,
  description: 'token with customers:read for "npm run audit -- --graph", to ask for the references of a customer',
});

/** How the gateway keeps the audit. */
export const auditSettings = {
  auditFile: auditFileSetting,
  auditScopes: setting({
    name: 'AUDIT_SCOPES',
    schema: z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter((scope) => scope !== ''))
      .refine((scopes) => scopes.every((scope) => /^[^*]+\*?$/.test(scope)), 'expected scopes; a * may end one'),
    default: DEFAULT_AUDIT_SCOPES.join(' '),
    description: 'reading a field whose rule names one of these scopes is recorded; * stands for all that begin so',
  }),
  auditRequired: setting({
    name: 'AUDIT_REQUIRED',
    schema: z.enum(['true', 'false'], 'expected true or false').transform((text) => text === 'true'),
    default: 'false',
    description:
      'true answers a reading only when it is recorded everywhere (in AUDIT_FILE or stdout, and in Redis when set)',
  }),
  auditMaxEntries: setting({
    name: 'AUDIT_MAX_ENTRIES',
    schema: wholeNumber(),
    default: '100000',
    description: 'about how many of the newest audit entries are kept in Redis, each about 1 KB',
  }),
  auditRetentionDays: setting({
    name: 'AUDIT_RETENTION_DAYS',
    schema: wholeNumber(),
    default: '365',
    description: 'how long Redis finds an audit entry by its customer, in days',
  }),
};

function wholeNumber() {
  const expected = 'expected a whole number above zero';
  return z
    .string()
    .regex(/^[1-9]\d{0,8}$/, expected)
    .transform(Number);
}

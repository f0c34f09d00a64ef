import { z } from 'zod';
import { setting } from './settings.ts';

/** Settings that every part has. */
export const hostSetting = setting({
  name: 'HOST',
  schema: z.string(),
  default: '127.0.0.1',
  description: 'address to listen on',
});

export const logLevelSetting = setting({
  name: 'LOG_LEVEL',
  schema: z.enum(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    'expected fatal, error, warn, info, debug, trace or silent',
  ),
  default: 'info',
  description: 'least severe level that is logged',
});

export const timeZoneSetting = setting({
  name: 'COMPANY_TIME_ZONE',
  schema: z.string().refine(isTimeZone, 'expected an IANA time zone, as Europe/Warsaw'),
  default: 'Europe/Warsaw',
  description: 'the company\'s time zone: decides what "today" is',
});

/** `fallback` is the port as text; 0 takes a free one. */
export function portSetting(fallback: string) {
  const schema = z
    .string()
    .regex(/^\d{1,5}$/, 'expected a port')
    .transform(Number)
    .refine((port) => port < 65_536, 'expected a port');
  return setting({ name: 'PORT', schema, default: fallback, description: 'port to listen on' });
}

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC';
}

import { type DestinationStream, type Logger, type LoggerOptions, pino, type SerializerFn } from 'pino';
import { CodedError } from './errors.ts';
import { scrub } from './scrub.ts';

export type { Logger };

/** The log of one request. */
export type RequestLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A child that is made with its first line: most requests have none, and making one costs more than they do. */
export function createRequestLog(log: Logger, bindings: () => Record<string, unknown>): RequestLog {
  let child: Logger | null = null;
  const write = (level: keyof RequestLog): RequestLog['info'] => {
    // Cast: pino's methods take an object or a text first, and this hands on whatever comes.
    return ((...line: [never]) => {
      child ??= log.child(bindings());
      child[level](...line);
    }) as RequestLog['info'];
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** JSON lines. Secrets by name are cut out, errors are reduced to what is safe, and URLs lose all behind the host. */
export function createLogger(options: { level: string; name: string; destination?: DestinationStream }): Logger {
  const { level, name, destination } = options;
  const settings: LoggerOptions = {
    level,
    base: { name },
    redact,
    serializers: { err: toSafeError, error: toSafeError, req: toSafeRequest },
    // On the whole line, because pino copies an error's message to `msg`, past the serializers.
    hooks: { streamWrite: scrubLine },
  };
  return destination ? pino(settings, destination) : pino(settings);
}

function scrubLine(line: string): string {
  return scrub(line);
}

const SECRET_NAMES = [
  'authorization',
  'cookie',
  'token',
  'secret',
  'password',
  'apiKey',
  'accessToken',
  'access_token',
  'apiToken',
  'api_token',
  'consumerKey',
  'consumerSecret',
  'consumer_key',
  'consumer_secret',
  'clientSecret',
  'client_secret',
  'privateKey',
];

const SECRET_HEADERS = ['set-cookie', 'proxy-authorization', 'x-api-key', 'api-key', 'x-jeden-caller'];

const SECRET_PATHS = [...SECRET_NAMES, ...SECRET_HEADERS].map((name) => `["${name}"]`);

const redact = {
  paths: [...SECRET_PATHS, ...SECRET_PATHS.map((path) => `*${path}`), ...SECRET_PATHS.map((path) => `*.*${path}`)],
  censor: '[secret]',
};

/** Deep enough for a chain of ours, short enough for a circle. */
const MAX_CAUSES = 5;

interface SafeError {
  type: string;
  message: string;
  code?: unknown;
  details?: unknown;
  stack?: string;
  cause?: SafeError;
}

/** Names what is printed: libraries hang requests, responses and options on their errors. */
function toSafeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error instanceof CodedError ? { details: error.details } : {}),
    ...(error.stack ? { stack: error.stack } : {}),
    ...(error.cause && depth < MAX_CAUSES ? { cause: toSafeError(error.cause, depth + 1) } : {}),
  };
}

/** A GraphQL query in a URL holds variables, and these hold people's data. */
const toSafeRequest: SerializerFn = (request: { method?: string; url?: string; id?: unknown }) => ({
  method: request.method,
  path: request.url?.split('?')[0],
  id: request.id,
});

import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** One setting. Its text comes from the variable `name`, for a secret also from the file that `NAME_FILE` names. */
export interface Setting<T> {
  name: string;
  /** Reads the text. Its messages say what was expected and never what came. */
  schema: z.ZodType<T>;
  description: string;
  /** As text. Without one the setting is required; null makes it optional. */
  default?: string | null;
  secret?: boolean;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;

export type Parsed<S extends Settings> = { [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

type Env = Readonly<Record<string, string | undefined>>;

/** Declares a setting, so that `default: null` shows in its type. */
export function setting<T>(options: Setting<T> & { default: null }): Setting<T | null>;
export function setting<T>(options: Setting<T>): Setting<T>;
export function setting<T>(options: Setting<T>): Setting<T> {
  return options;
}

/** Everything wrong with the settings, in one message that holds no value. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Wrong settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

/** Reads a table of settings; an empty variable counts as unset. Throws one SettingsError for all that is wrong. */
export function readSettings<S extends Settings>(settings: S, env: Env): Parsed<S> {
  return readPrefixed('', settings, env);
}

/** Reads several things from the settings and throws one SettingsError for all of them. */
export function readTogether<R extends Record<string, () => unknown>>(
  readers: R,
): { [K in keyof R]: ReturnType<R[K]> } {
  const problems: string[] = [];
  const values = Object.entries(readers).map(([name, read]) => [name, collect(problems, read)]);
  if (problems.length > 0) throw new SettingsError(problems);
  // Cast: Object.entries forgets which key has which type.
  return Object.fromEntries(values) as { [K in keyof R]: ReturnType<R[K]> };
}

type Vendors = Readonly<Record<string, Settings>>;

/** A configured source: which vendor it speaks to, and that vendor's settings. */
export type SourceSettings<V extends Vendors> = {
  [K in keyof V & string]: { name: string; vendor: K; settings: Parsed<V[K]> };
}[keyof V & string];

/**
 * Reads `SHOP_SOURCES="woo=woocommerce,outlet=medusa"` and, for each source, its vendor's table with the source's name
 * as prefix (`WOO_URL`). An unset variable means no sources.
 */
export function readSources<V extends Vendors>(options: {
  env: Env;
  variable: string;
  vendors: V;
}): SourceSettings<V>[] {
  const { env, variable, vendors } = options;
  const problems: string[] = [];
  const entries = (env[variable] ?? '').split(',').filter((entry) => entry.trim() !== '');
  const expected = `expected name=vendor, comma separated, with distinct names; vendors: ${Object.keys(vendors).join(', ')}`;
  const sources = entries.map((entry) => parseSource(entry, vendors));
  const names = new Set(sources.map((source) => source?.name));
  if (sources.includes(null) || names.size < sources.length) throw new SettingsError([`${variable}: ${expected}`]);
  const read = sources
    .filter((source) => source !== null)
    .map(({ name, vendor }) => {
      const settings = collect(problems, () => readPrefixed(`${name.toUpperCase()}_`, vendors[vendor]!, env));
      return { name, vendor, settings };
    });
  if (problems.length > 0) throw new SettingsError(problems);
  // Cast: the vendor's table was looked up by the vendor, which the compiler cannot follow.
  return read as SourceSettings<V>[];
}

/** One line of the documentation of settings. */
export interface SettingRow {
  name: string;
  default: string | null;
  isRequired: boolean;
  description: string;
  secret: boolean;
}

/** `prefix` is the source's name in upper case with its underscore, as "WOO_". */
export function settingRows(settings: Settings, prefix = ''): SettingRow[] {
  return Object.values(settings).map(({ name, default: fallback, description, secret = false }) => ({
    name: `${prefix}${name}`,
    default: fallback ?? null,
    isRequired: fallback === undefined,
    description,
    secret,
  }));
}

function readPrefixed<S extends Settings>(prefix: string, settings: S, env: Env): Parsed<S> {
  const problems: string[] = [];
  const values = Object.entries(settings).map(([key, one]) => [key, readOne(prefix, one, env, problems)]);
  if (problems.length > 0) throw new SettingsError(problems);
  // Cast: Object.entries forgets which key has which type.
  return Object.fromEntries(values) as Parsed<S>;
}

function readOne(prefix: string, one: Setting<unknown>, env: Env, problems: string[]): unknown {
  const name = `${prefix}${one.name}`;
  const text = readText(name, one.secret ?? false, env, problems);
  if (text === unreadable) return null;
  const effective = text ?? one.default;
  if (effective === undefined)
    problems.push(`${name}${one.secret ? ` (or ${name}_FILE)` : ''}: is required; ${one.description}`);
  if (effective === undefined || effective === null) return null;
  const parsed = one.schema.safeParse(effective);
  if (parsed.success) return parsed.data;
  problems.push(`${name}: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
  return null;
}

const unreadable = Symbol('unreadable');

function readText(name: string, secret: boolean, env: Env, problems: string[]): string | null | typeof unreadable {
  const direct = env[name] || null;
  const file = secret ? env[`${name}_FILE`] || null : null;
  if (file === null) return direct;
  if (direct !== null) problems.push(`${name}: expected only one of ${name} and ${name}_FILE`);
  try {
    return readFileSync(file, 'utf8').trim() || fail(problems, `${name}_FILE: the file is empty`);
  } catch {
    return fail(problems, `${name}_FILE: expected a readable file`);
  }
}

function fail(problems: string[], problem: string): typeof unreadable {
  problems.push(problem);
  return unreadable;
}

/** Source names begin references and, in upper case, variables: so no hyphens and no upper case. */
function parseSource(entry: string, vendors: Vendors): { name: string; vendor: string } | null {
  const [, name, vendor] = /^([a-z][a-z0-9_]{0,31})=([a-z0-9_]+)$/.exec(entry.trim()) ?? [];
  return name && vendor && Object.hasOwn(vendors, vendor) ? { name, vendor } : null;
}

function collect<T>(problems: string[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    problems.push(...error.problems);
    return null;
  }
}

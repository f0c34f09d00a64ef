import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { z } from 'zod';
import { createLogger } from './log.ts';
import { type Parsed, SettingsError, setting } from './settings.ts';

/** Settings of every part: how it goes out of service. */
export const shutdownSettings = {
  shutdownDelayMs: milliseconds({
    name: 'SHUTDOWN_DELAY_MS',
    fallback: 1000,
    description:
      'after SIGTERM, how long it still answers while /health/ready says no, so that load balancers turn away, in ms',
  }),
  shutdownTimeoutMs: milliseconds({
    name: 'SHUTDOWN_TIMEOUT_MS',
    fallback: 25_000,
    description: 'longest time for requests under way and background work to end after that, in ms',
  }),
};

/** A part of the product as this process. */
export interface Service {
  /** Lets requests under way finish, then ends everything else. */
  close(): Promise<void>;
  /** Without it, it closes at once. */
  shutdown?: Shutdown;
}

export interface Shutdown {
  settings: Parsed<typeof shutdownSettings>;
  /** Tells load balancers not to send it more. */
  leave(): void;
}

/**
 * Without it V8 comes to put what some requests needed for long, as under load, among the old objects at once. There it
 * keeps all that its request held until the next long collection: short ones then took four times as long.
 */
const ALLOCATE_YOUNG = '--no-allocation-site-pretenuring';

/**
 * Runs one part as this process until SIGTERM or SIGINT, then takes it out of service without failing a request. A second
 * signal ends it at once. Wrong settings are told in one message, without a stack.
 */
export async function runService(start: () => Promise<Service>): Promise<void> {
  setFlagsFromString(ALLOCATE_YOUNG);
  try {
    const service = await start();
    let isEnding = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isEnding) process.exit(1);
        isEnding = true;
        void end(service, signal);
      });
    }
  } catch (error) {
    process.exitCode = 1;
    if (error instanceof SettingsError) process.stderr.write(`${error.message}\n`);
    else fatal('could not start', error);
  }
}

async function end({ close, shutdown }: Service, signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
  if (shutdown) {
    const { settings, leave } = shutdown;
    leave();
    // SIGINT comes from somebody at a terminal, who waits.
    if (signal === 'SIGTERM') await pause(settings.shutdownDelayMs);
    setTimeout(cutOff, settings.shutdownTimeoutMs);
  }
  try {
    await close();
    // Idle connections of pools must not keep the process.
    process.exit();
  } catch (error) {
    fatal('could not close in order', error);
    process.exit(1);
  }
}

function cutOff(): void {
  fatal('what was under way took too long to end, and was cut off');
  process.exit(1);
}

function fatal(message: string, err?: unknown): void {
  createLogger({ level: 'info', name: 'jeden' }).fatal({ err }, message);
}

function milliseconds({ name, fallback, description }: { name: string; fallback: number; description: string }) {
  const schema = z
    .string()
    .regex(/^\d{1,6}$/, 'expected a whole number of at most 999999')
    .transform(Number);
  return setting({ name, schema, default: String(fallback), description });
}

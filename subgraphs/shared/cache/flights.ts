import type { RecordKey } from '../../../common/cache/record-store.ts';
import { UpstreamError } from '../../../common/errors.ts';
import { type CallContext, priorityOf } from '../upstream/context.ts';
import type { Copy } from './copy.ts';

/** A load under way, by key text. */
export type Flight = Promise<ReadonlyMap<string, Copy<unknown>>>;

/** The loads of this process, so that a key is loaded once however many ask. */
export function createFlights() {
  const flights = new Map<string, { flight: Flight; generation: string; context: CallContext }>();
  return {
    /** One that began before an invalidation is not for those who ask after it. */
    find: (text: string, generation: string): Flight | null => {
      const known = flights.get(text);
      return known?.generation === generation ? known.flight : null;
    },
    /** Whoever joins a load waits for it: one in the background goes before others of its kind from now on. */
    join: (text: string, generation: string, reader: CallContext): Flight | null => {
      const known = flights.get(text);
      if (known?.generation !== generation) return null;
      if (priorityOf(reader) === 'interactive') known.context.hasten?.();
      return known.flight;
    },
    start: (
      missing: ReadonlyMap<string, { key: RecordKey; generation: string }>,
      context: CallContext,
      fill: (keys: ReadonlyMap<string, RecordKey>) => Flight,
    ): Flight => {
      const keys = new Map([...missing].map(([text, { key }]) => [text, key]));
      const flight = fill(keys).finally(() => {
        for (const text of keys.keys()) if (flights.get(text)?.flight === flight) flights.delete(text);
      });
      // Whoever waits gets the error; this only says that it is not forgotten while they still read the store.
      flight.catch(() => {});
      for (const [text, { generation }] of missing) flights.set(text, { flight, generation, context });
      return flight;
    },
    forget: () => flights.clear(),
    /** Adds what others load; answers the keys whose load ended because its own caller went away. */
    collect: async (joined: ReadonlyMap<string, Flight>, copies: Map<string, Copy<unknown>>): Promise<string[]> => {
      const cancelled: string[] = [];
      for (const [text, flight] of joined) {
        try {
          copies.set(text, (await flight).get(text)!);
        } catch (error) {
          if (!(error instanceof UpstreamError && error.cancelled)) throw error;
          cancelled.push(text);
        }
      }
      return cancelled;
    },
  };
}

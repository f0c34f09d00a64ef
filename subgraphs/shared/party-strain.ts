import type { PartyPort } from './party.ts';
import type { SourceHealth } from './upstream/health.ts';

/** The port, telling which of the domain's sources are strained. Without `health` none is known to be. */
export function tellStrain(
  port: PartyPort,
  { sources, health }: { sources: readonly { name: string }[]; health: SourceHealth | undefined },
): PartyPort {
  if (!health) return port;
  const own = new Set(sources.map(({ name }) => name));
  const strained = () => health.strained().filter(({ source }) => own.has(source));
  return {
    ...port,
    strained,
    parties: async (query, context) => ({ ...(await port.parties(query, context)), strained: strained() }),
  };
}

import type { PartyPort } from './party.ts';
import type { SourceHealth } from './upstream/health.ts';

/** The port whose answers say which of the domain's sources are strained. Without `health` none is known to be. */
export function tellStrain(
  port: PartyPort,
  { sources, health }: { sources: readonly { name: string }[]; health: SourceHealth | undefined },
): PartyPort {
  if (!health) return port;
  const own = new Set(sources.map(({ name }) => name));
  return {
    ...port,
    parties: async (query, context) => {
      const answer = await port.parties(query, context);
      return { ...answer, strained: health.strained().filter(({ source }) => own.has(source)) };
    },
  };
}

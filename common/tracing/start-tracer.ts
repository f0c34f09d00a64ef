import type { Logger } from '../log.ts';
import type { TracingSettings } from './settings.ts';
import type { Tracer } from './span.ts';

/** Null where traces go nowhere: then nothing of OpenTelemetry's SDK is loaded, and nothing is measured. */
export async function startTracer(
  settings: TracingSettings,
  { name, log }: { name: string; log: Logger },
): Promise<Tracer | null> {
  const { tracesExporter, otlpEndpoint, otlpTracesEndpoint } = settings;
  const isWanted = tracesExporter === null ? (otlpEndpoint ?? otlpTracesEndpoint) !== null : tracesExporter === 'otlp';
  if (!isWanted) return null;
  const { createOtlpTracer } = await import('./otlp-tracer.ts');
  return createOtlpTracer({ ...settings, serviceName: settings.serviceName ?? name }, log);
}

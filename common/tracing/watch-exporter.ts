import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from '../log.ts';

/** Tells in one line when traces begin to get lost, and in one when that is over. The SDK keeps it to itself. */
export function watchExporter(exporter: SpanExporter, log: Logger): SpanExporter {
  let isAway = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== 0;
        // Not the error itself: it may quote what the collector answered.
        if (failed && !isAway)
          log.warn({ reason: result.error?.name ?? 'unknown' }, 'traces cannot be sent: some are lost');
        if (!failed && isAway) log.info('traces are sent again');
        isAway = failed;
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

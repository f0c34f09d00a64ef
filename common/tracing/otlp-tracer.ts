import { setTimeout as pause } from 'node:timers/promises';
import {
  type Context,
  ROOT_CONTEXT,
  type Span as SdkSpan,
  type Tracer as SdkTracer,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from '../log.ts';
import { createSampler, fromOutside } from './sampler.ts';
import type { TracingSettings } from './settings.ts';
import { nowMs, type RequestStart, type Span, type Tracer } from './span.ts';
import { parseTraceparent, toTraceparent } from './traceparent.ts';
import { watchExporter } from './watch-exporter.ts';

/** Whoever ends the process waits no longer for a collector that is away. */
const LAST_EXPORT_MS = 3000;

/** Measures with OpenTelemetry's SDK and sends to a collector. Never registered globally: libraries' own spans hold documents. */
export function createOtlpTracer(settings: TracingSettings & { serviceName: string }, log: Logger): Tracer {
  const { otlpHeaders: headers, resourceAttributes, serviceName } = settings;
  const exporter = new OTLPTraceExporter({ url: addressOf(settings), ...(headers ? { headers } : {}) });
  const provider = new BasicTracerProvider({
    resource: new Resource({ ...resourceAttributes, 'service.name': serviceName }),
    sampler: createSampler(settings),
    spanProcessors: [new BatchSpanProcessor(watchExporter(exporter, log))],
  });
  const tracer = provider.getTracer('jeden');
  const close = async () => {
    const ended = new AbortController();
    const shutdown = provider.shutdown().catch(() => undefined);
    await Promise.race([shutdown, pause(LAST_EXPORT_MS, undefined, { signal: ended.signal }).catch(() => undefined)]);
    ended.abort();
  };
  return {
    startRequest: (name, start) => startRequest(tracer, name, start),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The SDK would read the process's own environment for it. */
function addressOf({ otlpEndpoint, otlpTracesEndpoint }: TracingSettings): string {
  const base = otlpEndpoint ?? 'http://localhost:4318';
  return otlpTracesEndpoint ?? `${base.replace(/\/+$/, '')}/v1/traces`;
}

function startRequest(tracer: SdkTracer, name: string, start: RequestStart): Span {
  const { startedMs: startTime, traceparent, trust, attributes } = start;
  const caller = parseTraceparent(traceparent);
  const links = caller && trust === 'link' ? [{ context: caller }] : [];
  const options = { kind: SpanKind.SERVER, startTime, attributes, links };
  return toSpan(tracer, tracer.startSpan(name, options, contextOf(caller, trust)));
}

function contextOf(caller: SpanContext | null, trust: RequestStart['trust']): Context {
  if (caller === null || trust === 'link') return ROOT_CONTEXT;
  const context = trace.setSpanContext(ROOT_CONTEXT, caller);
  return trust === 'ours' ? context : fromOutside(context);
}

const KINDS = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT };

function toSpan(tracer: SdkTracer, sdkSpan: SdkSpan): Span {
  const header = () => toTraceparent(sdkSpan.spanContext());
  if (!sdkSpan.isRecording()) return unsampled(header);
  const within = trace.setSpan(ROOT_CONTEXT, sdkSpan);
  return {
    traceId: sdkSpan.spanContext().traceId,
    child: (name, { kind = 'internal', attributes } = {}) =>
      toSpan(tracer, tracer.startSpan(name, { kind: KINDS[kind], attributes, startTime: nowMs() }, within)),
    set: (attributes) => void sdkSpan.setAttributes(attributes),
    end: ({ error, atMs = nowMs() } = {}) => {
      if (error !== undefined) sdkSpan.setStatus({ code: SpanStatusCode.ERROR, message: error });
      sdkSpan.end(atMs);
    },
    traceparent: header,
  };
}

/** Its steps are not measured, and other parts are told not to either. */
function unsampled(traceparent: () => string): Span {
  const span: Span = { traceId: null, child: () => span, set: () => {}, end: () => {}, traceparent };
  return span;
}

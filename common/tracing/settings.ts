import { z } from 'zod';
import { type Parsed, setting } from '../settings.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

const url = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });

/** `a=1,b=2`, percent-encoded, as OpenTelemetry writes lists in variables. */
const pairs = z.string().transform((text, context) => {
  try {
    const entries = text.split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string | undefined]);
    return Object.fromEntries(entries.map(([name, value]) => [name.trim(), decodeURIComponent(value!.trim())]));
  } catch {
    context.addIssue({ code: 'custom', message: 'expected name=value, comma separated' });
    return z.NEVER;
  }
});

/**
 * OpenTelemetry's own variables that say whether and where traces go. Its SDK reads the finer ones (OTEL_BSP_…, limits,
 * certificates) by itself.
 */
export const tracingSettings = {
  tracesExporter: setting({
    name: 'OTEL_TRACES_EXPORTER',
    schema: z.enum(['otlp', 'none'], 'expected otlp or none'),
    default: null,
    description: 'otlp sends traces, none does not; without it they are sent where an endpoint is set',
  }),
  otlpEndpoint: setting({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    schema: url,
    default: null,
    description: 'where OpenTelemetry data goes, as http://127.0.0.1:4318; traces go to /v1/traces below it',
  }),
  otlpTracesEndpoint: setting({
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    schema: url,
    default: null,
    description: 'the whole address for traces, in place of the one below the endpoint',
  }),
  otlpHeaders: setting({
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    schema: pairs,
    default: null,
    secret: true,
    description: 'headers to send along with traces, as name=value, comma separated',
  }),
  serviceName: setting({
    name: 'OTEL_SERVICE_NAME',
    schema: z.string(),
    default: null,
    description: 'how traces call this part; without it jeden, or jeden-crm and the like for a service',
  }),
  resourceAttributes: setting({
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    schema: pairs,
    default: null,
    description: 'what else traces say of this part, as deployment.environment=test, comma separated',
  }),
  sampler: setting({
    name: 'OTEL_TRACES_SAMPLER',
    schema: z.enum(SAMPLERS, `expected one of ${SAMPLERS.join(', ')}`),
    default: 'parentbased_always_on',
    description: 'which requests are traced; a caller outside has no say in it',
  }),
  samplerShare: setting({
    name: 'OTEL_TRACES_SAMPLER_ARG',
    schema: z.coerce.number('expected a share, 0 to 1').min(0).max(1),
    default: '1',
    description: 'the share of requests that a traceidratio sampler traces, 0 to 1',
  }),
};

/** What a caller's `traceparent` is good for; the subgraphs always go on with the gateway's. */
export const callerTraceSetting = setting({
  name: 'TRACE_CALLERS',
  schema: z.enum(['link', 'continue'], 'expected link or continue'),
  default: 'link',
  description:
    "link begins a trace of our own that names the caller's (traceparent); continue goes on with the caller's, where all callers are your own",
});

export type TracingSettings = Parsed<typeof tracingSettings>;

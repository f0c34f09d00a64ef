import { type Context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { TracingSettings } from './settings.ts';

const OUTSIDE = createContextKey('from outside');

/** Marks a context whose trace comes from a caller outside. */
export function fromOutside(context: Context): Context {
  return context.setValue(OUTSIDE, true);
}

/** The sampler of the settings, for which a trace from outside is like a new one: strangers can't have everything traced. */
export function createSampler({ sampler: name, samplerShare }: TracingSettings): Sampler {
  const root = rootSampler(name, samplerShare);
  const sampler = name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
  return {
    shouldSample: (context, ...rest) =>
      sampler.shouldSample(context.getValue(OUTSIDE) ? ROOT_CONTEXT : context, ...rest),
    toString: () => sampler.toString(),
  };
}

function rootSampler(name: TracingSettings['sampler'], share: number): Sampler {
  if (name.endsWith('always_on')) return new AlwaysOnSampler();
  if (name.endsWith('always_off')) return new AlwaysOffSampler();
  return new TraceIdRatioBasedSampler(share);
}

/** Names, numbers and codes of ours: never what a caller wrote, a URL with its query, a secret or anybody's data. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** Default "internal". */
  kind?: 'internal' | 'client';
  attributes?: Attributes;
}

/** One step of a request, measured. Where tracing is off there is null in its place. */
export interface Span {
  /** Of the whole trace; null when this request is not sampled. */
  traceId: string | null;
  /** Begins a step within this one. */
  child(name: string, options?: SpanOptions): Span;
  set(attributes: Attributes): void;
  /** `error` is a code. Default: it went well, and ends now. */
  end(options?: { error?: string; atMs?: number }): void;
  /** The header that continues the trace in another part of ours. Never for a vendor. */
  traceparent(): string;
}

/** How far the `traceparent` of a request counts. */
export type TraceTrust =
  /** It comes from a part of ours: this is a step of its trace, sampled if that one is. */
  | 'ours'
  /** A new trace, which names the caller's. */
  | 'link'
  /** The caller's trace goes on, but whether it is sampled is ours to say. */
  | 'continue';

export interface RequestStart {
  startedMs: number;
  traceparent: string | undefined;
  trust: TraceTrust;
  attributes: Attributes;
}

export interface Tracer extends AsyncDisposable {
  startRequest(name: string, start: RequestStart): Span;
  /** Hands over what was measured, as far as that goes in a few seconds. */
  close(): Promise<void>;
}

/** What a line of the log says of the trace that it belongs to. */
export function traceOf(span: Span | null | undefined): { traceId?: string } {
  return span && span.traceId !== null ? { traceId: span.traceId } : {};
}

/** Epoch milliseconds with fractions. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

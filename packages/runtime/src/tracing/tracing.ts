import type { BaseCallbackHandler } from '@langchain/core/callbacks/base'

/** Attributes of a run for its trace. */
export interface TracedRun {
  readonly runId: string
  readonly threadId: string
  readonly graphId: string
  readonly tenant: string
  /** Number of the run's attempt, from 1. */
  readonly attempt: number
  /** `traceparent` (W3C Trace Context) of the request that created the run. It is stored with the run, because another process executes it. */
  readonly traceparent?: string
}

/** Trace of one attempt of a run. */
export interface RunTrace {
  readonly traceId: string
  /** Callback handler that creates the spans of model and tool calls, including those of subagents. */
  readonly handler: BaseCallbackHandler
  /**
   * Ends the trace of an attempt.
   *
   * @param errorType name of the attempt's error; undefined if the attempt did not fail
   */
  end(errorType?: string): void
}

/** Trace span of one HTTP request. */
export interface RequestTrace {
  readonly traceId: string
  /** `traceparent` that is stored with a run that the request creates. */
  readonly traceparent: string
  /** Ends the span of a request. @param answer its `route` is the declared route, because paths would give an unlimited number of span names */
  end(answer: { readonly route: string; readonly status: number }): void
}

/** Tracing by OpenTelemetry. Traces contain names, ids, counts and times, but no content of messages, prompts and tools. */
export interface Tracing {
  request(request: { readonly method: string; readonly traceparent: string | undefined }): RequestTrace
  run(run: TracedRun): RunTrace
  /** Sends the remaining spans to the collector, for a few seconds at most. */
  close(): Promise<void>
}

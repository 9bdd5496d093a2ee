import type { BaseCallbackHandler } from '@langchain/core/callbacks/base'

/** A run as its trace knows it. */
export interface TracedRun {
  readonly runId: string
  readonly threadId: string
  readonly graphId: string
  readonly tenant: string
  /** From 1. */
  readonly attempt: number
  /** Of the request that asked for the run (W3C Trace Context): it was kept with the run, for another process works on it. */
  readonly traceparent?: string
}

/** The trace of one attempt at a run. */
export interface RunTrace {
  readonly traceId: string
  /** Makes the spans of models and tools, subagents' too. */
  readonly handler: BaseCallbackHandler
  /** @param errorType what it failed by, where it failed */
  end(errorType?: string): void
}

/** The span of one HTTP request. */
export interface RequestTrace {
  readonly traceId: string
  /** What a run that it asks for keeps. */
  readonly traceparent: string
  /** @param route as it is declared, for a path would make a name without bound */
  end(answer: { readonly route: string; readonly status: number }): void
}

/**
 * OpenTelemetry, where traces are asked for. Content of messages, prompts and tools is in none of them: names, ids, counts and times are.
 */
export interface Tracing {
  request(request: { readonly method: string; readonly traceparent: string | undefined }): RequestTrace
  run(run: TracedRun): RunTrace
  /** Sends what waits, for some seconds at most. */
  close(): Promise<void>
}

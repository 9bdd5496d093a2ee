import type { PlatformValidation } from '../input-validation/create-input-validation.ts'
import type { RequestLimit } from '../redis/create-redis.ts'
import type { RunsContext } from '../runs/runs-context.ts'
import type { RequestTrace, Tracing } from '../tracing/tracing.ts'

declare module 'hono' {
  interface ContextVariableMap {
    /** Of the request, where traces are asked for. */
    trace?: RequestTrace
  }
}

/** What the HTTP interface works with: made once by `main.ts`. */
export interface HttpContext extends RunsContext {
  readonly bodyLimitBytes: number
  readonly version: string
  /** A worker answers only for its health. */
  readonly servesRuns: boolean
  /** True from SIGTERM on. */
  readonly isDraining: () => boolean
  /** Aborted when the server closes: streams end then, and clients go on elsewhere. */
  readonly closing: AbortSignal
  /** Undefined where no traces are asked for. */
  readonly tracing: Tracing | undefined
  /** Hears of each answer, for metrics. */
  readonly onAnswer: (answer: { method: string; route: string; status: number; seconds: number }) => void
  /** Without it, everybody may ask as often as they like. */
  readonly requestLimit?: RequestLimit
  /** Whether Redis answers; undefined where there is none. */
  readonly redisAnswers?: () => Promise<boolean>
  /** What is done about injected instructions in what clients send; undefined: nothing. */
  readonly validation?: PlatformValidation
}

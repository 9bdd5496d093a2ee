import type { RunsContext } from '../runs/runs-context.ts'

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
  /** Hears of each answer, for metrics. */
  readonly onAnswer: (answer: { method: string; route: string; status: number; seconds: number }) => void
}

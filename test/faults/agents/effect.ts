import { appendFileSync } from 'node:fs'
import process from 'node:process'
import type { LangGraphRunnableConfig } from '@langchain/langgraph'

/** One execution of a graph's step, recorded in a file outside the process. */
export interface Effect {
  readonly run: string
  readonly step: number
  /** Number of the run's attempt that executed the step, starting at 0. */
  readonly attempt: number
  readonly pid: number
}

/**
 * Appends one execution of a step (an effect) to the file as a line of JSON, in a single write.
 *
 * @returns the effect
 */
export function leaveEffect(file: string, step: number, config: LangGraphRunnableConfig): Effect {
  const { run_id = '', run_attempt = 0 } = config.configurable ?? {}
  const effect = { run: String(run_id), step, attempt: Number(run_attempt), pid: process.pid }
  if (file) appendFileSync(file, `${JSON.stringify(effect)}\n`)
  return effect
}

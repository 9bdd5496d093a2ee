import { isObject } from '@hadal/middleware/unknown-value'
import { z } from 'zod'
import { Refusal } from '../runs/refusal.ts'
import { StatelessRunBody } from './run-body.ts'

/** Maximum number of runs in one batch. They are accepted in one transaction. */
const mostRuns = 1_000

export const RunBatch = z.array(StatelessRunBody).min(1, 'must have at least one run').max(mostRuns)

const camelCase = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
const apiNames = new Map(Object.keys(StatelessRunBody.shape).map((name) => [camelCase(name), name]))

/**
 * Returns the body of a batch with the API's names of its fields. The JavaScript SDK sends the fields of a batch by its own names, such as
 * `streamMode`, and `assistant_id` in addition to `assistantId`.
 *
 * @throws {Refusal} 422 for a run on a thread
 */
export function withApiNames(body: unknown): unknown {
  if (!Array.isArray(body)) return body
  return body.map((run: unknown, index) => {
    if (!isObject(run)) return run
    const fields = Object.entries(run)
    if (fields.some(([name, value]) => (name === 'thread_id' || name === 'threadId') && value !== null)) {
      throw new Refusal(
        422,
        `${index}.thread_id: a batch starts each run on a new thread. Start a run of a thread with POST /threads/<thread_id>/runs.`,
      )
    }
    const named = fields.filter(([name]) => name !== 'thread_id' && name !== 'threadId')
    return Object.fromEntries(named.map(([name, value]) => [apiNames.get(name) ?? name, value]))
  })
}

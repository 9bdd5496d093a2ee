import { decodedLog } from '@hadal/runtime/fixtures/decoded-log'
import type { RunEvent } from '@hadal/runtime/store/queries/run-events'

/**
 * Checks the numbers of a run's events: each is used once, and numbers are missing only before a reservation `$mark`, whose numbers an attempt did not
 * use.
 *
 * @returns one sentence per violation; empty if there is none
 */
export function sequenceProblems(rows: readonly RunEvent[]): string[] {
  let before = 0
  return decodedLog(rows).flatMap(({ sequence, event }) => {
    const expected = before + 1
    before = sequence
    if (sequence === expected || (sequence > expected && event === '$mark')) return []
    return [`event ${event} has the number ${sequence} after ${expected - 1}`]
  })
}

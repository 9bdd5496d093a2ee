import { type RunEvent, readEvents } from '../store/queries/run-events.ts'
import { isOver, type RunStatus } from '../store/queries/run-rows.ts'
import type { RunsContext } from './runs-context.ts'
import { Wake } from './wake.ts'

const readAtOnce = 100
/** A follower is told of new events; a notification that was missed costs this long. */
const lookEveryMs = 5_000

/**
 * The events of a run after a sequence, as they come, until the run is over or deleted. A slow reader delays nobody: it reads from the table
 * when it is ready for more.
 *
 * @returns its yields are batches in order; an empty one is a sign of life
 */
export async function* followRun(
  context: RunsContext,
  runId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<readonly RunEvent[], RunStatus | undefined> {
  const wake = new Wake()
  const unsubscribe = context.notifications.subscribe({ kind: 'run', runId }, wake.set)
  signal.addEventListener('abort', wake.set)
  let sequence = after
  try {
    while (!signal.aborted) {
      const read = await readEvents(context.pool, runId, sequence, readAtOnce)
      if (!read) return undefined
      yield read.events
      sequence = read.events.at(-1)?.sequence ?? sequence
      if (read.events.length === readAtOnce) continue
      if (isOver(read.status)) return read.status
      if (!signal.aborted) await wake.wait(lookEveryMs)
    }
    return undefined
  } finally {
    unsubscribe()
    signal.removeEventListener('abort', wake.set)
  }
}

/** Waits until a run is over. @returns its status, or undefined if it was deleted or the wait was given up */
export async function runOver(
  context: RunsContext,
  runId: string,
  signal: AbortSignal,
): Promise<RunStatus | undefined> {
  // Beyond every sequence: only the status is of interest.
  const following = followRun(context, runId, 2_147_483_647, signal)
  for (;;) {
    const { done, value } = await following.next()
    if (done) return value
  }
}

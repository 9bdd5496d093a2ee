import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { type RunEvent, readEvents } from '../store/queries/run-events.ts'
import { isOver, type RunStatus } from '../store/queries/run-rows.ts'
import { goneRun, type RunIds } from './gone-run.ts'
import type { RunError } from './resting-thread.ts'
import type { RunsContext } from './runs-context.ts'
import { Wake } from './wake.ts'

/**
 * Maximum number of events and bytes that the server reads at once for a client that follows a run. A client that reads slowly costs a few times
 * this amount of memory.
 */
const readAtOnce = { events: 100, bytes: 256 * 1024 }
/** Pause in milliseconds after a database error before the server reads the events of a followed run again. */
const retryMs = 500

/** Reason why the event stream of a followed run ended: the run is over, or it no longer exists. */
export type FollowEnd =
  | { readonly kind: 'over'; readonly status: RunStatus }
  | { readonly kind: 'gone'; readonly error: RunError }

/**
 * Yields the events of a run after a sequence number until the run is over or no longer exists. A slow reader delays nothing else, because
 * events are read from the table when the reader is ready. While the database is unavailable, the generator waits: the run continues later.
 *
 * @returns yields batches in order, which may be empty. Returns the reason for the end, or undefined after an abort
 */
export async function* followRun(
  context: RunsContext,
  run: RunIds,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<readonly RunEvent[], FollowEnd | undefined> {
  const wake = new Wake()
  const unfollow = context.runWatch.follow(run.runId, 'events', wake.set)
  signal.addEventListener('abort', wake.set)
  let sequence = after
  let seen: RunStatus | undefined
  try {
    while (!signal.aborted) {
      const read = await whatIsNew(context, run, sequence, seen)
      if (read === 'database away') {
        yield []
        if (!signal.aborted) await wake.wait(retryMs)
        continue
      }
      if ('error' in read) return { kind: 'gone', error: read }
      seen = read.status
      yield read.events
      sequence = read.events.at(-1)?.sequence ?? sequence
      if (read.more) continue
      if (isOver(read.status)) return { kind: 'over', status: read.status }
      if (!signal.aborted) await wake.wait()
    }
    return undefined
  } finally {
    unfollow()
    signal.removeEventListener('abort', wake.set)
  }
}

async function whatIsNew(
  context: RunsContext,
  run: RunIds,
  after: number,
  seen: RunStatus | undefined,
): Promise<{ status: RunStatus; events: RunEvent[]; more: boolean } | RunError | 'database away'> {
  try {
    const read = await readEvents(context.pool, run.runId, after, readAtOnce)
    return read ?? (await goneRun(context.pool, run, seen))
  } catch (error) {
    if (!isConnectionTrouble(error)) throw error
    context.log.warn({ err: error, run_id: run.runId }, 'follower_waits_for_database')
    return 'database away'
  }
}

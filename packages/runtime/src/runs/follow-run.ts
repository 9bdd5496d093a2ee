import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { type RunEvent, readEvents } from '../store/queries/run-events.ts'
import { isOver, type RunStatus } from '../store/queries/run-rows.ts'
import { goneRun, type RunIds } from './gone-run.ts'
import type { RunError } from './resting-thread.ts'
import type { RunsContext } from './runs-context.ts'
import { Wake } from './wake.ts'

/** Maximum that a follower reads at once. A client that reads slowly, or not at all, costs the server a few times this amount of memory. */
const readAtOnce = { events: 100, bytes: 256 * 1024 }
/** A follower is told of new events; a notification that was missed costs this long. */
const lookEveryMs = 5_000
/** How long after a database error a follower reads again. */
const retryMs = 500

/** Why a follower has no more to read: the run is over, or it is not there any more. */
export type FollowEnd =
  | { readonly kind: 'over'; readonly status: RunStatus }
  | { readonly kind: 'gone'; readonly error: RunError }

/**
 * The events of a run after a sequence, as they come, until the run is over or gone. A slow reader delays nobody: it reads from the table
 * when it is ready for more. While the database is away the follower waits: the run itself goes on when the database is back.
 *
 * @returns its yields are batches in order; an empty one is a sign of life. At the end why there is no more, or undefined after an abort
 */
export async function* followRun(
  context: RunsContext,
  run: RunIds,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<readonly RunEvent[], FollowEnd | undefined> {
  const wake = new Wake()
  const unsubscribe = context.notifications.subscribe({ kind: 'run', runId: run.runId }, wake.set)
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
      if (!signal.aborted) await wake.wait(lookEveryMs)
    }
    return undefined
  } finally {
    unsubscribe()
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

/** Waits until a run is over or gone. @returns undefined if the wait was given up */
export async function runOver(context: RunsContext, run: RunIds, signal: AbortSignal): Promise<FollowEnd | undefined> {
  // Beyond every sequence: only the status is of interest.
  const following = followRun(context, run, 2_147_483_647, signal)
  for (;;) {
    const { done, value } = await following.next()
    if (done) return value
  }
}

import { isConnectionTrouble } from '../store/connection-trouble.ts'
import type { RunEvent } from '../store/queries/run-events.ts'
import { isOver, type RunStatus } from '../store/queries/run-rows.ts'
import { wholeTenant } from '../store/scope.ts'
import type { Queryable } from '../store/transaction.ts'
import { LogReader, type ReadEvents } from './event-log/log-reader.ts'
import { goneRun, type RunIds } from './gone-run.ts'
import type { RunError } from './resting-thread.ts'
import type { RunsContext } from './runs-context.ts'
import { Wake } from './wake.ts'

/** Pause in milliseconds after a database error before the server reads the events of a followed run again. */
const retryMs = 500

type FollowContext = Pick<RunsContext, 'eventRows' | 'log' | 'runWatch' | 'scope'> & { readonly pool: Queryable }

/** Reason why the event stream of a followed run ended: the run is over, or it no longer exists. */
export type FollowEnd =
  | { readonly kind: 'over'; readonly status: RunStatus }
  | { readonly kind: 'gone'; readonly error: RunError }

/**
 * Yields the wanted events of a run after a sequence number until the run is over or no longer exists. A slow reader delays nothing else, because
 * events are read from the table when the reader is ready. While the database is unavailable, the generator waits: the run continues later.
 *
 * @returns yields batches in order, which may be empty. Returns the reason for the end, or undefined after an abort
 */
export async function* followRun(
  context: FollowContext,
  run: RunIds,
  after: number,
  signal: AbortSignal,
  wanted: (event: string) => boolean = () => true,
): AsyncGenerator<readonly RunEvent[], FollowEnd | undefined> {
  const wake = new Wake()
  const unfollow = context.runWatch.follow(run.runId, 'events', wake.set)
  signal.addEventListener('abort', wake.set)
  const reader = new LogReader(context.eventRows, run.runId, after, wanted)
  let seen: RunStatus | undefined
  try {
    while (!signal.aborted) {
      const read = await whatIsNew(context, run, reader, seen)
      if (read === 'database away') {
        yield []
        if (!signal.aborted) await wake.wait(retryMs)
        continue
      }
      if ('error' in read) return { kind: 'gone', error: read }
      seen = read.status
      yield read.events
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
  context: FollowContext,
  run: RunIds,
  reader: LogReader,
  seen: RunStatus | undefined,
): Promise<ReadEvents | RunError | 'database away'> {
  try {
    const read = await reader.read()
    return read ?? (await goneRun(context.pool, wholeTenant(context.scope.tenant), run, seen))
  } catch (error) {
    if (!isConnectionTrouble(error)) throw error
    context.log.warn({ err: error, run_id: run.runId }, 'follower_waits_for_database')
    return 'database away'
  }
}

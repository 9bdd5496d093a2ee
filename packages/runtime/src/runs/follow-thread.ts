import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { jsonText } from '../store/json-text.ts'
import type { RunEvent } from '../store/queries/run-events.ts'
import { nextThreadEntry, type ThreadEntry, type WantedEntries } from '../store/queries/thread-entries.ts'
import type { Queryable } from '../store/transaction.ts'
import { truncated } from './event-log/log-reader.ts'
import { followRun } from './follow-run.ts'
import { threadDeleted } from './gone-run.ts'
import type { RunError } from './resting-thread.ts'
import type { RunsContext } from './runs-context.ts'
import { eventId, type ThreadPosition } from './thread-position.ts'
import { Wake } from './wake.ts'

/** Pause in milliseconds after a database error before the server looks at a followed thread again. */
const retryMs = 500

/** Modes of a thread's stream: all events of its runs, only the starts and ends of its runs, and the states that clients write. */
export const threadStreamModes = ['run_modes', 'lifecycle', 'state_update'] as const
export type ThreadStreamMode = (typeof threadStreamModes)[number]

/** An event of a thread's stream. */
export interface ThreadEvent {
  /** Id after which a client can resume; undefined for an event that is always followed by another one. */
  readonly id: string | undefined
  readonly event: string
  /** Data of the event as JSON text. */
  readonly data: string
}

type FollowContext = Pick<RunsContext, 'eventRows' | 'log' | 'runWatch' | 'scope' | 'threadWatch'> & {
  readonly pool: Queryable
}

export interface FollowThreadOptions {
  readonly from: ThreadPosition
  readonly modes: ReadonlySet<ThreadStreamMode>
  /** Reads the state at a checkpoint, as JSON text. */
  readonly stateAt: (
    checkpoint: Pick<Extract<ThreadEntry, { kind: 'update' }>, 'checkpointId' | 'checkpointNs'>,
  ) => Promise<string>
}

/** Entries of a thread that a stream of these modes has. */
export const wantedEntries = (modes: ReadonlySet<ThreadStreamMode>): WantedEntries => ({
  runs: modes.has('run_modes') || modes.has('lifecycle'),
  updates: modes.has('state_update'),
})

/**
 * Yields the events of a thread after a position: of each run that starts on it, one after another, and of each update of its state by a client. Ends
 * only when the thread no longer exists, or after an abort. While the database is unavailable, the generator waits.
 *
 * @returns yields batches in order, which may be empty. Returns the error if the thread was deleted
 */
export async function* followThread(
  context: FollowContext,
  threadId: string,
  { from, modes, stateAt }: FollowThreadOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly ThreadEvent[], RunError | undefined> {
  const wake = new Wake()
  const unfollow = context.threadWatch.follow(threadId, wake.set)
  signal.addEventListener('abort', wake.set)
  const wanted = wantedEntries(modes)
  let { number, after } = from
  try {
    while (!signal.aborted) {
      const entry = await nextEntry(context, threadId, after === 'end' ? number + 1 : number, wanted)
      if (entry === 'database away') {
        yield []
        if (!signal.aborted) await wake.wait(retryMs)
        continue
      }
      if (entry === undefined) return { error: threadDeleted, message: `Thread ${threadId} was deleted.` }
      if (after !== 'end' && (entry === 'none' || entry.number !== number)) {
        // The client has a part of a run that no longer exists.
        after = 'end'
        if (modes.has('run_modes')) yield [lastEvent(number, 'error', deletedRun(threadId))]
        continue
      }
      if (entry === 'none') {
        if (!signal.aborted) await wake.wait()
        continue
      }
      if (entry.kind === 'update') {
        yield [
          lastEvent(
            entry.number,
            'state_update',
            `{"thread_id":${jsonText(threadId)},"state":${await stateAt(entry)}}`,
          ),
        ]
      } else {
        const isEnded = yield* followRunOfThread(context, threadId, entry, after === 'end' ? 0 : after, modes, signal)
        if (!isEnded) continue
      }
      number = entry.number
      after = 'end'
    }
    return undefined
  } finally {
    unfollow()
    signal.removeEventListener('abort', wake.set)
  }
}

/** The last event of an entry. A client that resumes after it gets the next entry. */
const lastEvent = (number: number, event: string, data: string): ThreadEvent => ({
  id: eventId({ number, after: 'end' }),
  event,
  data,
})

const deletedRun = (threadId: string): string =>
  jsonText({
    error: 'RunDeleted',
    message: `The run of the event that you named was deleted or rolled back. Read the state of thread ${threadId} to see what is left.`,
  })

/** Yields the events of one run of a thread. @returns whether the run is over or no longer exists; false after an abort */
async function* followRunOfThread(
  context: FollowContext,
  threadId: string,
  { number, runId }: Extract<ThreadEntry, { kind: 'run' }>,
  after: number,
  modes: ReadonlySet<ThreadStreamMode>,
  signal: AbortSignal,
): AsyncGenerator<readonly ThreadEvent[], boolean> {
  const all = modes.has('run_modes')
  const isWanted = (event: string): boolean => all || event === 'metadata'
  const following = followRun(context, { runId, threadId }, after, signal, isWanted)
  const ofThread = ({ sequence, event, data }: RunEvent): ThreadEvent => ({
    id: eventId({ number, after: sequence }),
    event,
    data: event === truncated ? jsonText({ run_id: runId, up_to: eventId({ number, after: sequence }) }) : data,
  })
  try {
    for (;;) {
      const { done, value } = await following.next()
      if (!done) {
        yield value.filter(({ event }) => isWanted(event)).map(ofThread)
        continue
      }
      if (value === undefined) return false
      if (value.kind === 'gone' && value.error.error === threadDeleted) return true
      const events = [lastEvent(number, 'metadata', jsonText({ status: 'run_done', run_id: runId }))]
      if (value.kind === 'gone' && all) events.unshift({ id: undefined, event: 'error', data: jsonText(value.error) })
      yield events
      return true
    }
  } finally {
    // If the client was slow and is gone, the generator would follow the run for ever.
    await following.return(undefined)
  }
}

async function nextEntry(
  { pool, log, scope }: FollowContext,
  threadId: string,
  from: number,
  wanted: WantedEntries,
): Promise<ThreadEntry | 'none' | 'database away' | undefined> {
  try {
    return await nextThreadEntry(pool, scope, threadId, from, wanted)
  } catch (error) {
    if (!isConnectionTrouble(error)) throw error
    log.warn({ err: error, thread_id: threadId }, 'follower_waits_for_database')
    return 'database away'
  }
}

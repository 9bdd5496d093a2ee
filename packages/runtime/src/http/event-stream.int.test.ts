import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { eventually } from '../fixtures/eventually.ts'
import { RunWatch } from '../runs/run-watch.ts'
import { EventRows } from '../store/event-rows.ts'
import { Notifications } from '../store/notifications.ts'
import { wholeTenant } from '../store/scope.ts'
import { eventStream } from './event-stream.ts'
import { type OpenStream, OpenStreams } from './open-streams.ts'

/** Counts the followers of runs. */
class CountingWatch extends RunWatch {
  followers = 0

  override follow(...args: Parameters<RunWatch['follow']>): () => void {
    this.followers += 1
    const unfollow = super.follow(...args)
    return () => {
      this.followers -= 1
      unfollow()
    }
  }
}

/** Remembers the streams that were opened. */
class SeenStreams extends OpenStreams {
  readonly seen: OpenStream[] = []

  override add(stream: OpenStream): void {
    this.seen.push(stream)
    super.add(stream)
  }
}

const database = createDatabase()
const log = pino({ level: 'silent' })
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

/** An active run whose log has some events. */
async function activeRun(events: number): Promise<{ runId: string; threadId: string }> {
  const [threadId, runId] = [randomUUID(), randomUUID()]
  await pool.query('INSERT INTO hadal.thread (thread_id) VALUES ($1)', [threadId])
  await pool.query(
    `INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, request, status)
     VALUES ($1, $2, 'echo', $2, 'reject', '{}', 'running')`,
    [runId, threadId],
  )
  await pool.query(
    `INSERT INTO hadal.run_event (run_id, sequence, event, data) SELECT $1, number, 'custom', '{}' FROM generate_series(1, $2::int) AS number`,
    [runId, events],
  )
  return { runId, threadId }
}

/**
 * Opens a stream of an active run, ends it as a disconnected client does, and expects that the server no longer follows the run.
 *
 * @param isReached whether the stream has the room for further chunks with which the client disconnects
 */
async function disconnect(events: number, isReached: (room: number | null | undefined) => boolean): Promise<void> {
  const notifications = new Notifications({ url: database(), applicationName: 'streams', onTrouble: () => {}, pool })
  const runWatch = new CountingWatch({ pool, notifications, log })
  const streams = new SeenStreams(new AbortController().signal)
  const run = await activeRun(events)
  let gone = 0
  const stream = eventStream(
    { eventRows: new EventRows(pool), pool, log, runWatch, scope: wholeTenant('default'), streams },
    run,
    0,
    () => true,
    {
      onGone: () => {
        gone += 1
      },
    },
  )
  await eventually(
    () => [runWatch.followers, streams.seen[0]?.controller.desiredSize] as const,
    ([followers, room]) => followers === 1 && isReached(room),
  )
  await stream.cancel()
  await eventually(
    () => runWatch.followers,
    (followers) => followers === 0,
  )
  expect(gone).toBe(1)
}

test('the server stops following a run when a client disconnects that has not read the events that were sent', () =>
  disconnect(300, (room) => room === 0))

test('the server stops following a run when a client disconnects that waits for events', () =>
  disconnect(0, (room) => room === 1))

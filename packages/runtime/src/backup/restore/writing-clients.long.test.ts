import { afterEach, expect, test } from 'vitest'
import { backupFolder } from '../../fixtures/backup-folder.ts'
import { createDatabase } from '../../fixtures/create-database.ts'
import { eventually } from '../../fixtures/eventually.ts'
import { recordGrants, testRoles } from '../../fixtures/server-addresses.ts'
import { runProgram, type ServerProcess, startServerProcess } from '../../fixtures/server-process.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { takeBackup } from '../take-backup.ts'
import { restoreDatabase } from './restore-database.ts'

const source = createDatabase()
const restored = createDatabase({ migrated: false })
const servers: ServerProcess[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.end('SIGKILL')
})

/** Number of clients that start runs at the same time. */
const clients = 20
const steps = 4

interface Accepted {
  readonly threadId: string
  readonly runId: string
}

async function start(url: string): Promise<ServerProcess> {
  const server = await startServerProcess({ DATABASE_URL: url, WORKER_CONCURRENCY: '5' })
  servers.push(server)
  return server
}

/** Starts a run on a new thread by any server that answers; undefined if none does. */
async function startRun(urls: readonly ServerProcess[]): Promise<Accepted | undefined> {
  for (const { client } of urls) {
    try {
      const { thread_id } = await client.threads.create()
      const { run_id } = await client.runs.create(thread_id, 'steps', { input: { steps, pauseMs: 20 } })
      return { threadId: thread_id, runId: run_id }
    } catch {
      // The server was killed. The client asks the next one.
    }
  }
  return undefined
}

const statuses = async (runs: readonly Accepted[]): Promise<Record<string, number>> => {
  const rows = await withClient(
    restored(),
    async (client) =>
      (
        await client.query<{ state: string }>(
          `SELECT CASE WHEN review.run_id IS NULL THEN status ELSE 'held' END AS state
           FROM hadal.run LEFT JOIN hadal.run_review AS review USING (run_id) WHERE run_id = ANY ($1)`,
          [runs.map(({ runId }) => runId)],
        )
      ).rows,
  )
  const counts: Record<string, number> = {}
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

test('of a backup that was taken while 20 clients write and a server is killed, each run that was accepted before is held or has ended, and ends once after its release', async () => {
  await using backup = await backupFolder()
  const [first, second] = [await start(source()), await start(source())]
  const accepted: Accepted[] = []
  let writes = true
  const writers = Array.from({ length: clients }, async (_, number) => {
    const order = number % 2 === 0 ? [first, second] : [second, first]
    while (writes) {
      const run = await startRun(order)
      if (run) accepted.push(run)
    }
  })
  await eventually(
    () => accepted.length,
    (count) => count > 3 * clients,
  )
  const before = [...accepted]
  const [{ manifest }] = await Promise.all([
    takeBackup({
      database: { url: source(), tls: undefined },
      target: backup.target,
      recipients: [],
      onProgress: () => {},
    }),
    first.end('SIGKILL'),
  ])
  writes = false
  await Promise.all(writers)
  await second.end('SIGKILL')
  expect(accepted.length).toBeGreaterThan(before.length)

  const { settled, verifiedThreads } = await restoreDatabase({
    database: { url: restored(), tls: undefined, roles: testRoles },
    target: backup.target,
    backupId: manifest.id,
    identities: [],
    onProgress: () => {},
    verifyHashes: true,
  })
  expect(verifiedThreads).toBeGreaterThanOrEqual(before.length)
  const held = await statuses(before)
  // No run is lost, and none is in another state.
  expect((held.held ?? 0) + (held.success ?? 0)).toBe(before.length)
  expect(held.held).toBeGreaterThan(0)
  expect(settled?.runsUnderReview).toBeGreaterThanOrEqual(held.held ?? 0)

  recordGrants(new URL(restored()).pathname.slice(1))
  const server = await start(restored())
  const { thread_id } = await server.client.threads.create()
  await server.client.runs.wait(thread_id, 'steps', { input: { steps: 1 } })
  // The server works, and the runs under review wait.
  expect(await statuses(before)).toEqual(held)

  const released = await runProgram(['review', 'release', '--all'], { DATABASE_URL: restored() })
  expect(released).toMatchObject({ code: 0 })
  await eventually(
    () => statuses(before),
    ({ success }) => success === before.length,
    120_000,
  )
  for (const { threadId, runId } of before) {
    const { values } = await server.client.threads.getState<{ done: number[] }>(threadId)
    expect([runId, values.done]).toEqual([runId, Array.from({ length: steps }, (_, index) => index + 1)])
  }
  expect(
    await withClient(
      restored(),
      async (client) =>
        (
          await client.query(
            "SELECT FROM hadal.run_attempt GROUP BY run_id HAVING count(*) FILTER (WHERE reason = 'ended') > 1",
          )
        ).rows,
    ),
  ).toEqual([])
}, 400_000)

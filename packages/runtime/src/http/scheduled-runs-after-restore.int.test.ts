import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleRecovery } from '../commands/settle-recovery.ts'
import { backupFolder } from '../fixtures/backup-folder.ts'
import { copyDatabase } from '../fixtures/copy-database.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { addressesWithRoles } from '../fixtures/server-addresses.ts'
import { type Ended, runProgram } from '../fixtures/server-process.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const lost = createDatabase()
const living = createDatabase()
const empty = createDatabase({ migrated: false })
const effects = effectsFiles()
const hour = 3_600

interface Scheduled {
  readonly threadId: string
  readonly runId: string
  /** Lines that the run writes, one per execution of its step. */
  readonly lines: () => string[]
}

/** Accepts a run that is scheduled, on a thread of its own. A run with `interrupt` is not accepted in one statement. */
async function scheduled(
  client: Client,
  afterSeconds: number,
  multitaskStrategy: 'enqueue' | 'interrupt',
): Promise<Scheduled> {
  const file = effects()
  const { thread_id: threadId } = await client.threads.create()
  const input = { file: file.path, steps: 1 }
  const { run_id: runId } = await client.runs.create(threadId, 'steps', { input, afterSeconds, multitaskStrategy })
  return { threadId, runId, lines: file.lines }
}

const runs: Scheduled[] = []
let due: Scheduled
let backup: Awaited<ReturnType<typeof backupFolder>>
const copies: Awaited<ReturnType<typeof copyDatabase>>[] = []
let recoveredTo: string

const commandOn = (url: string, ...words: string[]): Promise<Ended> =>
  runProgram(words, { ...addressesWithRoles(url), BACKUP_TARGET: backup.target.address })
const done = async (url: string, ...words: string[]): Promise<string> => {
  const { code, output, errors } = await commandOn(url, ...words)
  expect([code, errors]).toEqual([0, expect.not.stringContaining('hadal-runtime:')])
  return output
}
const copy = async (): Promise<string> => {
  const made = await copyDatabase(lost())
  copies.push(made)
  return made.url
}

beforeAll(async () => {
  backup = await backupFolder()
  // An API server accepts runs and starts none.
  const server = await startTestServer(lost(), { ROLE: 'api' })
  runs.push(await scheduled(server.client, hour, 'enqueue'), await scheduled(server.client, 2 * hour, 'interrupt'))
  due = await scheduled(server.client, 1, 'enqueue')
  await server.drain()
  await done(lost(), 'backup')
  recoveredTo = new Date().toISOString()
})
afterAll(async () => {
  await Promise.all(copies.map((made) => made[Symbol.asyncDispose]()))
  await backup[Symbol.asyncDispose]()
})

/** Ways in which runs come back, each with the address of the database that has them under review. */
const ways: Record<string, () => Promise<string>> = {
  'a restore of the database': async () => {
    await done(empty(), 'restore')
    return empty()
  },
  'a restore of threads into a living database': async () => {
    await done(living(), 'restore', '--threads', [...runs, due].map(({ threadId }) => threadId).join())
    return living()
  },
  '"review hold"': async () => {
    const url = await copy()
    await done(url, 'review', 'hold', '--recovered-to', recoveredTo)
    return url
  },
  'a recovery that the migration settles': async () => {
    const url = await copy()
    const recovery = `postgres-2@${recoveredTo}`
    await settleRecovery({ database: { url, tls: undefined }, recovery, target: backup.target })
    return url
  },
}

test.each(Object.keys(ways))('after %s, a released run starts at the time that its client asked for', async (way) => {
  const url = (await ways[way]?.()) ?? ''
  const rows = <Row>(text: string, values: unknown[]): Promise<Row[]> =>
    withClient(url, async (sql) => (await sql.query<Row & Record<string, unknown>>(text, values)).rows)
  const server = await startTestServer(url)
  try {
    const { client } = server
    const list = await done(url, 'review', 'list')
    const line = (runId: string): string => list.split('\n').find((one) => one.startsWith(runId)) ?? ''
    for (const [index, { runId, threadId }] of runs.entries()) {
      const { created_at } = await client.runs.get(threadId, runId)
      const asked = Date.parse(created_at) + (index + 1) * hour * 1_000
      const shown = line(runId).match(/20\d\d-\d\d-\d\d \d\d:\d\d/g) ?? []
      // The list shows minutes, and a job counts from the beginning of the transaction that accepts its run.
      const near = shown.filter((minute) => Math.abs(Date.parse(`${minute}Z`) - asked) < 2 * 60_000)
      expect(near, line(runId)).toHaveLength(1)
    }
    expect(line(due.runId)).toMatch(/ at once +no /)

    expect(await done(url, 'review', 'release', '--all')).toMatch(/^Released: 3\. 0 runs wait for a release\.\n$/)
    expect(await client.runs.join(due.threadId, due.runId)).toMatchObject({ done: [1] })
    expect(await client.runs.wait(null, 'steps', { input: { steps: 1 } })).toMatchObject({ done: [1] })
    const ids = runs.map(({ runId }) => runId)
    const found = await rows<{ seconds: number }>(
      `SELECT round(extract(epoch FROM job.start_after - run.created_at) / 60)::int * 60 AS seconds
       FROM hadal.run AS run JOIN pgboss.job AS job ON job.id = run.run_id WHERE run_id = ANY($1) AND status = 'pending' ORDER BY run.created_at`,
      [ids],
    )
    expect(found).toEqual([{ seconds: hour }, { seconds: 2 * hour }])

    const before = runs.map(({ lines }) => lines().length)
    // As if the time had come.
    await rows('UPDATE pgboss.job SET start_after = now() WHERE id = ANY($1)', [ids])
    for (const [index, { threadId, runId, lines }] of runs.entries()) {
      await eventually(
        async () => (await client.runs.get(threadId, runId)).status,
        (status) => status === 'success',
      )
      expect(lines()).toHaveLength((before[index] ?? 0) + 1)
    }
  } finally {
    await server.drain()
  }
})

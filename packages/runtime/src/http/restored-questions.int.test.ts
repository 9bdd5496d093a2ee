import { afterEach, describe, expect, test } from 'vitest'
import { askedQuestions, auditOf } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { answerAll, asks, askWhile, atRest, calls, leaves, statusOf, work } from '../fixtures/held-thread.ts'
import { restoredCopy } from '../fixtures/restored-copy.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { runProgram, startServerProcess } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const effects = effectsFiles()
const servers: TestServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.drain())))
const start = async (database: string, variables: Readonly<Record<string, string>> = {}): Promise<TestServer> => {
  const server = await startTestServer(database, variables)
  servers.push(server)
  return server
}
const releaseAll = (database: string) => runProgram(['review', 'release', '--all'], serverAddresses(database))
const underReview = (database: string): Promise<string[]> =>
  withClient(database, async (client) => {
    const { rows } = await client.query<{ run_id: string }>('SELECT run_id FROM hadal.run_review ORDER BY run_id')
    return rows.map(({ run_id }) => run_id)
  })

describe('a question that waited when the backup was taken', () => {
  const lost = createDatabase()
  const restored = createDatabase()

  test('waits in the restored database; after its expiry, the run that tells the agent waits for review', async () => {
    const { client } = await start(lost())
    const expiring = { APPROVAL_EXPIRY_SECONDS: '1' }
    const file = effects()
    const { thread_id: threadId } = await client.threads.create()
    await client.runs.wait(threadId, 'guarded', { input: calls([asks(file, 1)]) })
    // As if the backup was so old that the question has expired.
    await restoredCopy(lost(), restored())
    const [asked] = await askedQuestions(client, threadId)
    const { errors } = await runProgram(['review', 'list'], serverAddresses(restored()))
    expect(errors).toMatch(
      /^Questions that wait and were asked before the restore of 20\S+ \S+: 1\. A person may have/m,
    )
    expect(errors).toMatch(new RegExp(`^${threadId} +default +\\S+ +20`, 'm'))
    await withClient(restored(), async (sql) => {
      await sql.query('ALTER TABLE hadal.approval_event DISABLE TRIGGER USER')
      await sql.query("UPDATE hadal.approval_event SET expires_at = now() - interval '1 s' WHERE digest = $1", [
        asked?.digest,
      ])
      await sql.query('ALTER TABLE hadal.approval_event ENABLE TRIGGER USER')
    })
    const after = await start(restored(), expiring)
    const [held] = await eventually(
      () => underReview(restored()),
      (runs) => runs.length === 1,
    )
    expect(await statusOf(after.client, threadId, held ?? '')).toBe('pending')
    expect(await auditOf(restored(), threadId)).toMatchObject([
      { event: 'asked' },
      { event: 'expired', actor: 'hadal:expiry', run_id: held },
    ])
    expect((await releaseAll(restored())).output).toBe('Released: 1. 0 runs wait for a release.\n')
    expect(await atRest(after.client, threadId)).toBe('idle')
    expect(file.lines()).toEqual([])
    // A question of the restored database expires as ever.
    const { thread_id: later } = await after.client.threads.create()
    await after.client.runs.wait(later, 'guarded', { input: calls([asks(file, 1)]) })
    await eventually(
      () => auditOf(restored(), later),
      (rows) => rows.at(-1)?.event === 'expired',
    )
    expect(await underReview(restored())).toEqual([])
    // A question of the restored database, and one that is over, is not among those from before the restore.
    await servers.pop()?.drain()
    const { client: lasting } = await start(restored())
    const { thread_id: waiting } = await lasting.threads.create()
    await lasting.runs.wait(waiting, 'guarded', { input: calls([asks(file, 1)]) })
    expect(await askedQuestions(lasting, waiting)).toHaveLength(1)
    const list = await runProgram(['review', 'list'], serverAddresses(restored()))
    expect(list).toMatchObject({ output: '', errors: 'No run waits for its release.\n' })
  })
})

describe('a call that had begun when the backup was taken', () => {
  const lost = createDatabase()
  const restored = createDatabase()

  test('is not repeated after the release of its run: a person is asked about it', async () => {
    const before = await startServerProcess({ DATABASE_URL: lost() })
    const file = effects()
    const { thread_id: threadId } = await before.client.threads.create()
    const { run_id: runId } = await before.client.runs.create(threadId, 'guarded', {
      input: calls([leaves(file, 'begun', file.gate)]),
    })
    await eventually(file.lines, (lines) => lines.length === 1)
    await before.end('SIGKILL')
    await restoredCopy(lost(), restored())
    const { client } = await start(restored())
    file.open()
    const list = await runProgram(['review', 'list'], serverAddresses(restored()))
    expect(list.output).toMatch(new RegExp(`^${runId} .* yes +1 `, 'm'))
    await releaseAll(restored())
    await client.runs.join(threadId, runId)
    expect(await askedQuestions(client, threadId)).toMatchObject([
      { args: { label: 'begun' }, because: expect.stringContaining('may have acted') },
    ])
    expect(file.lines()).toEqual(['begun'])
  })
})

describe('runs that waited behind an answer when the backup was taken', () => {
  const lost = createDatabase()
  const restored = createDatabase()

  test('start after the run that has the answer', async () => {
    const { client } = await start(lost())
    const file = effects()
    const { thread_id: threadId } = await client.threads.create()
    const held = (
      await askWhile(client, file, threadId, 'first', () =>
        client.runs.create(threadId, 'guarded', { input: work(file, 'held') }),
      )
    ).submitted.run_id
    // No server starts the answer before the copy.
    await servers.pop()?.drain()
    const api = await start(lost(), { ROLE: 'api' })
    const answer = await answerAll(api.client, threadId, 'reject')
    await restoredCopy(lost(), restored())
    const after = await start(restored())
    expect(await underReview(restored())).toEqual([held, answer].toSorted())
    await releaseAll(restored())
    await after.client.runs.join(threadId, held)
    const order = await withClient(restored(), async (sql) => {
      const { rows } = await sql.query('SELECT run_id FROM hadal.run WHERE run_id = ANY($1) ORDER BY started_at', [
        [held, answer],
      ])
      return rows.map(({ run_id }) => run_id)
    })
    expect(order).toEqual([answer, held])
    expect(file.lines()).toEqual(['first', 'held'])
  })
})

describe('threads that are restored into a living database', () => {
  const lost = createDatabase()
  const living = createDatabase()

  test('have their runs under review, do not touch others, and count as used now', async () => {
    const { client } = await start(lost())
    const file = effects()
    const { thread_id: threadId } = await client.threads.create()
    const { run_id: runId } = await client.runs.create(threadId, 'steps', {
      input: { file: file.path, steps: 4, gate: file.gate },
    })
    await eventually(file.lines, (lines) => lines.length === 3)
    const own = await start(living())
    const other = effects()
    const { thread_id: otherThread } = await own.client.threads.create()
    const { run_id: otherRun } = await own.client.runs.create(otherThread, 'steps', {
      input: { file: other.path, steps: 4, gate: other.gate },
    })
    await eventually(other.lines, (lines) => lines.length === 3)
    const before = new Date()
    expect(await restoredCopy(lost(), living(), [threadId])).toMatchObject({ runsUnderReview: 1, keysToConfirm: 0 })
    expect(await statusOf(own.client, otherThread, otherRun)).toBe('running')
    expect(new Date((await own.client.threads.get(threadId)).updated_at).getTime()).toBeGreaterThanOrEqual(
      before.getTime() - 1,
    )
    other.open()
    expect(await own.client.runs.join(otherThread, otherRun)).toMatchObject({ done: [1, 2, 3, 4] })
    expect(await statusOf(own.client, threadId, runId)).toBe('pending')
    await releaseAll(living())
    file.open()
    expect(await own.client.runs.join(threadId, runId)).toMatchObject({ done: [1, 2, 3, 4] })
  })
})

describe('a database that was recovered to a time', () => {
  const recovered = createDatabase()

  test('has all its waiting and active runs under review after "review hold"', async () => {
    const server = await startServerProcess({ DATABASE_URL: recovered() })
    const file = effects()
    const { thread_id: threadId } = await server.client.threads.create()
    const input = { file: file.path, steps: 4, gate: file.gate }
    const { run_id: begun } = await server.client.runs.create(threadId, 'steps', { input })
    const { run_id: waiting } = await server.client.runs.create(threadId, 'steps', { input: { steps: 5 } })
    await eventually(file.lines, (lines) => lines.length === 3)
    await server.end('SIGKILL')
    const hold = () =>
      runProgram(['review', 'hold', '--recovered-to', new Date().toISOString()], serverAddresses(recovered()))
    await eventually(hold, ({ output }) => output.startsWith('Runs under review: 2.'))
    const { client } = await start(recovered())
    file.open()
    expect(await client.runs.wait(null, 'steps', { input: { steps: 1 } })).toMatchObject({ done: [1] })
    for (const run of [begun, waiting]) expect(await statusOf(client, threadId, run)).toBe('pending')
    await releaseAll(recovered())
    await client.runs.join(threadId, waiting)
    expect(file.lines()).toEqual(['1', '2', '3', '3', '4', '5'])
  })
})

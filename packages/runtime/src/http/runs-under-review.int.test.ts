import { rmSync, writeFileSync } from 'node:fs'
import type { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askedQuestions, auditOf } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { restoredCopy } from '../fixtures/restored-copy.ts'
import { serverAddresses } from '../fixtures/server-addresses.ts'
import { type Ended, runProgram } from '../fixtures/server-process.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const lost = createDatabase()
const restored = createDatabase()
const effects = effectsFiles()
const review = (...words: string[]): Promise<Ended> => runProgram(['review', ...words], serverAddresses(restored()))
const query = (text: string, values: unknown[] = []) =>
  withClient(restored(), async (client) => (await client.query(text, values)).rows)

interface Ids {
  readonly threadId: string
  readonly runId: string
}
/** Starts a run of five steps, and waits until it is in its third one. */
async function inThirdStep(client: Client): Promise<Ids & ReturnType<typeof effects>> {
  const file = effects()
  const { thread_id: threadId } = await client.threads.create()
  const { run_id: runId } = await client.runs.create(threadId, 'steps', {
    input: { file: file.path, steps: 5, gate: file.gate },
  })
  await eventually(file.lines, (lines) => lines.length === 3)
  return { ...file, threadId, runId }
}

/** A call of `pay` that was approved and waits in front of its execution; `act` lets the call go on. */
async function approvedCall(client: Client) {
  const file = effects()
  const hold = `${file.path}-hold`
  const { thread_id: threadId } = await client.threads.create()
  const content = JSON.stringify([{ name: 'pay', args: { file: file.path, amount: 1, hold } }])
  await client.runs.wait(threadId, 'guarded', { input: { messages: [{ role: 'user', content }] } })
  const [asked] = await askedQuestions(client, threadId)
  writeFileSync(hold, '')
  const resume = { [asked?.id ?? '']: { decisions: [{ type: 'approve' }] } }
  const { run_id: runId } = await client.runs.create(threadId, 'guarded', { command: { resume } })
  await eventually(
    async () => (await client.runs.get(threadId, runId)).status,
    (status) => status === 'running',
  )
  return { ...file, threadId, runId, digest: asked?.digest ?? '', act: () => rmSync(hold) }
}

const statusOf = async (client: Client, { threadId, runId }: Ids): Promise<string> =>
  (await client.runs.get(threadId, runId)).status
const ended = (client: Client, ids: Ids): Promise<string> =>
  eventually(
    () => statusOf(client, ids),
    (status) => status !== 'pending' && status !== 'running',
  )

async function metrics({ metricsPort }: TestServer): Promise<(name: string) => number> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  return (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1])
}

describe('runs of a restored database', () => {
  let server: TestServer
  let client: Client
  let begun: Awaited<ReturnType<typeof inThirdStep>>
  let cancelled: typeof begun
  let replaced: typeof begun
  let waiting: Ids
  let deleted: Ids
  let dropped: Ids
  let approved: Awaited<ReturnType<typeof approvedCall>>
  let used: Awaited<ReturnType<typeof approvedCall>>
  const delayed = async (by: Client): Promise<Ids> => {
    const { thread_id: threadId } = await by.threads.create()
    const { run_id: runId } = await by.runs.create(threadId, 'steps', { input: { steps: 1 }, afterSeconds: 3_600 })
    return { threadId, runId }
  }

  beforeAll(async () => {
    const before = await startTestServer(lost())
    ;[begun, cancelled, replaced, approved, used] = await Promise.all([
      inThirdStep(before.client),
      inThirdStep(before.client),
      inThirdStep(before.client),
      approvedCall(before.client),
      approvedCall(before.client),
    ])
    used.act()
    await ended(before.client, used)
    ;[waiting, deleted, dropped] = (await Promise.all([1, 2, 3].map(() => delayed(before.client)))) as [Ids, Ids, Ids]
    const settled = await restoredCopy(lost(), restored())
    expect(settled).toMatchObject({ runsUnderReview: 7, approvalsAskedAnew: 1, keysToConfirm: 0 })
    // After the backup, the lost server has gone on: the call was executed, and the runs were cancelled.
    approved.act()
    await ended(before.client, approved)
    for (const one of [begun, cancelled, replaced]) await before.client.runs.cancel(one.threadId, one.runId, true)
    await before.drain()
    server = await startTestServer(restored())
    ;({ client } = server)
  })
  afterAll(() => server.drain())

  test('are listed, and no worker starts them', async () => {
    const { code, output, errors } = await review('list')
    expect([code, errors]).toEqual([0, expect.stringMatching(/^7 runs wait for their release/)])
    const line = (runId: string): string => output.split('\n').find((one) => one.startsWith(runId)) ?? ''
    expect(line(begun.runId)).toMatch(new RegExp(`^${begun.runId} +${begun.threadId} +default +- +steps +20.+ yes +0 `))
    expect(line(waiting.runId)).toMatch(/ no +0 /)
    expect(line(used.runId)).toBe('')
    const found = await metrics(server)
    expect([found('runs_under_review'), found('run_queue_waiting'), found('runs_running')]).toEqual([7, 0, 0])
    for (const one of [begun, approved, waiting]) expect(await statusOf(client, one)).toBe('pending')
    // Later runs of other threads are executed.
    expect(await client.runs.wait(null, 'steps', { input: { steps: 1 } })).toMatchObject({ done: [1] })
    expect(await query("SELECT FROM hadal.run WHERE status = 'running'")).toEqual([])
  })

  test('that had begun keep their place: a later run of the thread waits behind them', async () => {
    const later = await client.runs.create(begun.threadId, 'steps', { input: { steps: 6 } })
    expect(await client.runs.wait(null, 'steps', { input: { steps: 1 } })).toMatchObject({ done: [1] })
    expect(await statusOf(client, { threadId: begun.threadId, runId: later.run_id })).toBe('pending')
    await client.runs.cancel(begun.threadId, later.run_id)
  })

  test('that are cancelled end without executing a step', async () => {
    await client.runs.cancel(cancelled.threadId, cancelled.runId)
    expect(await ended(client, cancelled)).toBe('interrupted')
    await client.runs.cancel(dropped.threadId, dropped.runId)
    expect(await statusOf(client, dropped)).toBe('interrupted')
    expect(cancelled.lines()).toHaveLength(3)
    const { output } = await review('list')
    expect(output).not.toContain(cancelled.runId)
    expect(output).not.toContain(dropped.runId)
  })

  test('end if a new run of the thread replaces them', async () => {
    replaced.open()
    const { run_id } = await client.runs.create(replaced.threadId, 'steps', {
      input: { steps: 3 },
      multitaskStrategy: 'interrupt',
    })
    expect(await ended(client, { threadId: replaced.threadId, runId: run_id })).toBe('success')
    expect(await statusOf(client, replaced)).toBe('interrupted')
  })

  test('go with their thread', async () => {
    await client.threads.delete(deleted.threadId)
    expect((await review('list')).output).not.toContain(deleted.runId)
  })

  test('ask anew for a granted approval that may have been used, once they are released', async () => {
    expect(approved.lines()).toEqual(['paid 1'])
    expect(await askedQuestions(client, approved.threadId)).toEqual([])
    expect((await review('release', approved.runId)).output).toMatch(/^Released: 1\. \d+ runs wait for a release\.\n$/)
    const { rows } = await withClient(restored(), (sql) =>
      sql.query("SELECT actor, object, details FROM hadal.audit WHERE action = 'review.released'"),
    )
    expect(rows).toEqual([{ actor: 'operator', object: approved.threadId, details: { run_id: approved.runId } }])
    expect(await ended(client, approved)).toBe('interrupted')
    const [asked, ...others] = await askedQuestions(client, approved.threadId)
    expect([asked, others]).toMatchObject([
      {
        args: { amount: 1 },
        decisions: ['approve', 'edit', 'reject', 'respond'],
        because: expect.stringContaining('before the database was restored from a backup'),
      },
      [],
    ])
    expect(asked?.digest).not.toBe(approved.digest)
    expect(approved.lines()).toEqual(['paid 1'])
    const old = client.runs.wait(approved.threadId, 'guarded', {
      command: { resume: { [asked?.id ?? '']: { decisions: [{ type: 'approve' }], digest: approved.digest } } },
    })
    await expect(old).rejects.toThrow(/409/)
    expect(await auditOf(restored(), approved.threadId)).toMatchObject([
      { event: 'asked', digest: approved.digest },
      { event: 'approve', digest: approved.digest },
      { event: 'not executed', digest: approved.digest, actor: 'hadal:restore' },
      { event: 'withdrawn', digest: approved.digest, actor: 'hadal:restore' },
      { event: 'asked', digest: asked?.digest },
    ])
    const answer = { [asked?.id ?? '']: { decisions: [{ type: 'respond', message: 'It was paid.' }] } }
    const values = await client.runs.wait(approved.threadId, 'guarded', { command: { resume: answer } })
    expect(JSON.stringify(values)).toContain('It was paid.')
    expect(approved.lines()).toEqual(['paid 1'])
  })

  test('keep approvals that were used', async () => {
    expect(await auditOf(restored(), used.threadId)).toMatchObject([
      { event: 'asked' },
      { event: 'approve' },
      { event: 'begun' },
      { event: 'executed' },
    ])
  })

  test('continue after their release where the backup has them, and the time in between is not theirs', async () => {
    // As if the backup was from the day before: the limit of a run's time is shorter.
    await query("UPDATE hadal.run SET started_at = started_at - interval '1 day' WHERE run_id = $1", [begun.runId])
    await query("UPDATE hadal.run_review SET snapshot_at = snapshot_at - interval '1 day' WHERE run_id = $1", [
      begun.runId,
    ])
    // As if the time had come for which the client scheduled the run.
    await query('UPDATE hadal.run SET start_at = created_at WHERE run_id = $1', [waiting.runId])
    begun.open()
    expect(await review('release', '--all')).toMatchObject({
      code: 0,
      output: 'Released: 2. 0 runs wait for a release.\n',
    })
    expect([await ended(client, begun), await ended(client, waiting)]).toEqual(['success', 'success'])
    // The third step is repeated, because it had not ended.
    expect(begun.lines()).toEqual(['1', '2', '3', '3', '4', '5'])
    expect(await review('list')).toMatchObject({ output: '', errors: 'No run waits for its release.\n' })
    expect((await metrics(server))('runs_under_review')).toBe(0)
    const attempts = await query('SELECT attempt, reason FROM hadal.run_attempt WHERE run_id = $1 ORDER BY attempt', [
      begun.runId,
    ])
    expect(attempts).toEqual([
      { attempt: 0, reason: 'database' },
      { attempt: 1, reason: 'ended' },
    ])
  })

  test.each([
    [['release'], 'Give the ids of runs, separated by commas, or --all.'],
    [['release', 'nonsense'], 'RUN_ID is "nonsense", which is not the id of a run.'],
    [['release', '00000000-0000-4000-8000-000000000000'], 'does not wait for a release, so nothing was released.'],
    [['hold'], '--recovered-to is missing.'],
    [['hold', '--recovered-to', 'yesterday'], '--recovered-to is "yesterday", which is not a time with its zone.'],
    [
      ['hold', '--recovered-to', '2999-01-01T00:00:00Z'],
      '--recovered-to is 2999-01-01T00:00:00Z, which is in the future.',
    ],
    [
      ['hold', '--recovered-to', '2026-01-01T00:00:00Z'],
      '1 server executes runs on this database, so nothing was held.',
    ],
  ])('review %j is refused with one sentence', async (words, sentence) => {
    const { code, output, errors } = await review(...words)
    expect([code, output, errors]).toEqual([1, '', expect.stringContaining(sentence)])
    expect(errors).not.toMatch(/^\s+at /m)
  })

  test('a role that sees one tenant only gets an error instead of a part of the list', async () => {
    const { DATABASE_URL = '' } = serverAddresses(restored())
    const { code, errors } = await runProgram(['review', 'list'], { DATABASE_URL, DATABASE_LOOPS_URL: '' })
    expect([code, errors]).toEqual([1, expect.stringContaining('does not own the tables')])
  })
})

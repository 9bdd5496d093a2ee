import { rmSync, writeFileSync } from 'node:fs'
import type { Client, Command } from '@langchain/langgraph-sdk'
import { describe, expect, test } from 'vitest'
import { askedQuestions, auditOf, interruptsWritten } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { startTestServer, useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

const decided = (type: string, more: object = {}) => ({ decisions: [{ type, ...more }] })
const approve = decided('approve')
const said = (calls: readonly object[]) => ({ messages: [{ role: 'user', content: JSON.stringify(calls) }] })

/** A thread whose agent asks for approval of a payment. @param beside whether a concurrent call throws, which ends the run with an error */
async function asking({ client }: { client: Client } = server(), beside = false, databaseUrl = database()) {
  const { path, lines, gate: hold, open } = effects()
  const { thread_id: threadId } = await client.threads.create()
  const pay = { name: 'pay', args: { file: path, amount: 1, hold } }
  const throwing = { name: 'count', args: { file: path, label: 'beside', gate: hold, fail: true } }
  const { run_id } = await client.runs.create(threadId, 'guarded', { input: said(beside ? [pay, throwing] : [pay]) })
  if (beside) {
    await eventually(() => interruptsWritten(databaseUrl, threadId), Boolean)
    open()
  }
  await client.runs.join(threadId, run_id).catch(() => undefined)
  rmSync(hold, { force: true })
  const [question] = await askedQuestions(client, threadId)
  if (!question) throw new Error('Nothing was asked.')
  const { id, digest } = question
  const resume = (answer: object, payload: object = {}, assistant = 'guarded') =>
    client.runs.wait(threadId, assistant, { command: { resume: { [id]: answer } }, ...payload })
  const audit = async () => (await auditOf(databaseUrl, threadId)).filter((row) => row.digest === digest)
  return { client, threadId, id, digest, path, lines, hold, resume, audit }
}
/** Returns the number of waiting approval requests in the server's metrics. */
const waiting = async (): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
  return Number(/^approvals_waiting (\d+)/m.exec(text)?.[1])
}
const events = (rows: readonly { event: string }[]): string[] => rows.map(({ event }) => event)

test.each([
  ['{}', {}],
  ['a resume of null', { resume: null }],
  ['fields of null', { resume: null, update: null, goto: null }],
  ['an update of nothing', { update: {} }],
  ['a jump to nowhere', { goto: [] }],
])('an empty command, %s, is rejected with 422, and the question still waits', async (_what, command) => {
  const { client, threadId, resume, lines } = await asking()
  const sent = client.runs.wait(threadId, 'guarded', { command: command as Command })
  await expect(sent).rejects.toThrow('422')
  await expect(sent).rejects.toThrow('command')
  expect((await client.threads.get(threadId)).status).toBe('interrupted')
  await resume(approve)
  expect(lines()).toEqual(['paid 1'])
})

test('after an error of a concurrent call, a question can be answered, and counts as waiting until then', async () => {
  const before = await waiting()
  const { client, threadId, resume, lines, hold, audit } = await asking(server(), true)
  expect(await waiting()).toBe(before + 1)
  await resume(approve).catch(() => undefined)
  expect(lines().filter((line) => line.startsWith('paid'))).toEqual(['paid 1'])
  expect(events(await audit())).toEqual(['asked', 'approve', 'begun', 'executed'])
  // The failed concurrent call is not executed again silently.
  expect(lines().filter((line) => line === 'beside')).toHaveLength(1)
  const [beside, ...others] = await askedQuestions(client, threadId)
  expect([beside, others]).toMatchObject([{ tool: 'count' }, []])
  // The call fails again when it is executed again. A question whose call has begun is no longer shown.
  writeFileSync(hold, '')
  const again = { [beside?.id ?? '']: approve }
  await client.runs.wait(threadId, 'guarded', { command: { resume: again } }).catch(() => undefined)
  expect(lines().filter((line) => line === 'beside')).toHaveLength(2)
  expect(await askedQuestions(client, threadId)).toEqual([])
  expect(await waiting()).toBe(before)
})

test('a run that is cancelled between approval and call does not execute the call, and the question waits again', async () => {
  const { client, threadId, id, resume, lines, hold, audit } = await asking()
  writeFileSync(hold, '')
  const { run_id } = await client.runs.create(threadId, 'guarded', { command: { resume: { [id]: approve } } })
  await eventually(
    () => client.runs.get(threadId, run_id),
    ({ status }) => status === 'running',
  )
  await client.runs.cancel(threadId, run_id, true)
  rmSync(hold)
  expect(await audit()).toMatchObject([
    { event: 'asked' },
    { event: 'approve', run_id },
    { event: 'not executed', run_id },
  ])
  await resume(approve)
  expect(lines()).toEqual(['paid 1'])
  expect(events(await audit()).slice(3)).toEqual(['approve', 'begun', 'executed'])
})

test("an edit that the tool's schema rejects is audited as refused with the path, and the model gets the reason", async () => {
  const { path, resume, lines, audit } = await asking()
  const args = { file: path, amount: 'much' }
  const values = await resume(decided('edit', { editedAction: { name: 'pay', args } }))
  expect(JSON.stringify(values)).toContain("they do not match the tool's schema (amount: ")
  expect(await audit()).toMatchObject([
    { event: 'asked' },
    { event: 'edit' },
    { event: 'refused', reason: 'schema: amount' },
  ])
  expect(lines()).toEqual([])
})

describe('a question is withdrawn', () => {
  test.each([
    ['new input', 'guarded', { input: said([]) }],
    ['another assistant', 'echo', { input: { text: 'x' } }],
  ])('by a run with %s, and a later answer is rejected with the id of that run', async (_what, assistant, payload) => {
    const { client, threadId, lines, audit, resume } = await asking()
    const { checkpoint } = await client.threads.getState(threadId)
    const { run_id } = await client.runs.create(threadId, assistant, payload)
    await client.runs.join(threadId, run_id)
    expect(await audit()).toMatchObject([{ event: 'asked' }, { event: 'withdrawn', run_id }])
    expect(await askedQuestions(client, threadId)).toEqual([])
    const late = resume(approve, { checkpoint })
    await expect(late).rejects.toThrow('409')
    await expect(late).rejects.toThrow(`withdrawn by run ${run_id}`)
    expect(lines()).toEqual([])
  })

  test('by a client that writes the state, and by the deletion of its thread', async () => {
    const written = await asking()
    await written.client.threads.updateState(written.threadId, { values: { messages: [] }, asNode: 'model_request' })
    expect(await written.audit()).toMatchObject([{ event: 'asked' }, { event: 'withdrawn', actor: 'client' }])
    const deleted = await asking()
    await deleted.client.threads.delete(deleted.threadId)
    expect(await deleted.audit()).toMatchObject([
      { event: 'asked' },
      { event: 'withdrawn', reason: 'its thread was deleted' },
    ])
  })
})

test('an answer by an assistant of another graph is rejected, and the question still waits', async () => {
  const { resume, audit, lines } = await asking()
  await expect(resume(approve, {}, 'deep')).rejects.toThrow('was asked by graph')
  expect(events(await audit())).toEqual(['asked'])
  await resume(approve)
  expect(lines()).toEqual(['paid 1'])
})

test('an answer is valid only for the branch that asked: an abandoned branch asks again at its checkpoint and is answered there', async () => {
  const { client, threadId, resume, lines, path } = await asking()
  const left = await client.threads.getState(threadId)
  await client.runs.wait(threadId, 'guarded', { input: said([{ name: 'pay', args: { file: path, amount: 2 } }]) })
  const [newer] = await askedQuestions(client, threadId)
  // The thread shows the newer question, but the checkpoint has the older one.
  await expect(resume(approve, { checkpoint: left.checkpoint })).rejects.toThrow('withdrawn')
  await client.runs.wait(threadId, 'guarded', { input: null, checkpoint: left.checkpoint })
  const [again] = await askedQuestions(client, threadId)
  expect([newer?.args.amount, again?.args.amount]).toEqual([2, 1])
  await client.runs.wait(threadId, 'guarded', { command: { resume: { [again?.id ?? '']: approve } } })
  expect(lines()).toEqual(['paid 1'])
})

describe('an expired question', () => {
  const own = createDatabase()

  test('also expires on a thread whose run ended with an error, and the thread continues', async () => {
    const expiring = await startTestServer(own(), { APPROVAL_EXPIRY_SECONDS: '5' })
    try {
      const { threadId, lines } = await asking(expiring, true, own())
      const rows = await eventually(
        () => auditOf(own(), threadId),
        (audit) => audit.some(({ event }) => event === 'expired'),
      )
      expect(rows[0]?.event).toBe('asked')
      await eventually(
        () => askedQuestions(expiring.client, threadId),
        (questions) => questions.every(({ tool }) => tool === 'count'),
      )
      expect(lines().filter((line) => line.startsWith('paid'))).toEqual([])
    } finally {
      await expiring.drain()
    }
  })
})

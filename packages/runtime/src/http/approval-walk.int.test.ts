import { type ApprovalState, approvalState } from '@hadal/middleware/approvals/approval-state'
import type { Client } from '@langchain/langgraph-sdk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedQuestions, auditOf, shownAmong } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'
import { auditEvents } from '../store/queries/approval-events.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

/** State of a walk (a random sequence of requests about approvals): its client, its threads, and the file to which tool calls write their effects. */
interface Walk {
  readonly client: Client
  readonly file: string
  readonly threads: string[]
}
/** Step of a walk: a client's request about the walk's thread. The server may reject it, which is not a failure of the walk. */
type Step = (walk: Walk, threadId: string) => Promise<unknown>

const said = (calls: readonly object[]) => ({ messages: [{ role: 'user', content: JSON.stringify(calls) }] })
const payments = ({ file }: Walk, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: 'pay', args: { file, amount: index } }))
const throwing = ({ file }: Walk) => ({ name: 'count', args: { file, label: 'thrown', fail: true } })

/** Answers one of the thread's pending approval requests. */
const answer =
  (type: string): Step =>
  async ({ client, file }, threadId) => {
    const [question] = await askedQuestions(client, threadId)
    if (!question) return
    const editedAction = { name: question.tool, args: { ...question.args, file, amount: 7 } }
    const decision = { edit: { type, editedAction }, respond: { type, message: 'done' } }[type] ?? { type }
    await client.runs.wait(threadId, 'guarded', { command: { resume: { [question.id]: { decisions: [decision] } } } })
  }

const steps: Readonly<Record<string, Step>> = {
  'new input': (walk, threadId) => walk.client.runs.wait(threadId, 'guarded', { input: said(payments(walk, 2)) }),
  'an error beside': (walk, threadId) =>
    walk.client.runs.wait(threadId, 'guarded', { input: said([...payments(walk, 1), throwing(walk)]) }),
  approve: answer('approve'),
  edit: answer('edit'),
  reject: answer('reject'),
  respond: answer('respond'),
  'a whole answer': async ({ client }, threadId) => {
    const [shown] = shownAmong(Object.values((await client.threads.get(threadId)).interrupts).flat())
    if (!shown) return
    const decisions = shown.value.actionRequests.map((_, index) => ({ type: index % 2 === 0 ? 'approve' : 'reject' }))
    await client.runs.wait(threadId, 'guarded', { command: { resume: { [shown.id]: { decisions } } } })
  },
  'an answer without an id': async ({ client }, threadId) => {
    const decisions = (await askedQuestions(client, threadId)).map(() => ({ type: 'approve' }))
    await client.runs.wait(threadId, 'guarded', { command: { resume: { decisions } } })
  },
  'an empty command': ({ client }, threadId) => client.runs.wait(threadId, 'guarded', { command: {} }),
  'no input': ({ client }, threadId) => client.runs.wait(threadId, 'guarded', { input: null }),
  'another assistant': ({ client }, threadId) => client.runs.wait(threadId, 'echo', { input: { text: 'x' } }),
  'another branch': async ({ client }, threadId) => {
    const history = await client.threads.getHistory(threadId, { limit: 20 })
    const older = history.findLast(({ next }) => next.includes('tools'))
    if (older) await client.runs.wait(threadId, 'guarded', { input: null, checkpoint: older.checkpoint })
  },
  'a written state': ({ client }, threadId) =>
    client.threads.updateState(threadId, { values: { messages: [] }, asNode: 'model_request' }),
  'a cancelled answer': async ({ client }, threadId) => {
    const [question] = await askedQuestions(client, threadId)
    if (!question) return
    const resume = { [question.id]: { decisions: [{ type: 'approve' }] } }
    const { run_id } = await client.runs.create(threadId, 'guarded', { command: { resume }, afterSeconds: 3_600 })
    await client.runs.cancel(threadId, run_id, true)
  },
  'a cancel at any time': async (walk, threadId) => {
    const { run_id } = await walk.client.runs.create(threadId, 'guarded', { input: said(payments(walk, 1)) })
    await walk.client.runs.cancel(threadId, run_id, true)
  },
  'a copy': async ({ client, threads }, threadId) => {
    threads.push((await client.threads.copy(threadId)).thread_id)
  },
}

const ends: readonly (ApprovalState | undefined)[] = [
  'executed',
  'failed',
  'refused',
  'withdrawn',
  'rejected',
  'responded',
  'expired',
]

/**
 * Expects that each approval request of the thread changed its state only as allowed, and that it is over or is shown by the thread.
 *
 * @returns numbers of tool calls that began and of those that were executed
 */
async function checkAudit({ client }: Walk, threadId: string): Promise<{ begun: number; executed: number }> {
  const shown = (await askedQuestions(client, threadId)).map(({ digest }) => digest)
  const paths = Map.groupBy(await auditOf(database(), threadId), ({ digest }) => digest)
  let begun = 0
  let executed = 0
  for (const [digest, rows] of paths) {
    const words = rows.map(({ event }) => event)
    const state = approvalState(auditEvents(words))
    begun += words.filter((word) => word === 'begun' || word === 'may have acted').length
    executed += words.filter((word) => word === 'executed').length
    if (shown.includes(digest)) expect([words, state]).toEqual([words, 'waiting'])
    else expect(ends, words.join(', ')).toContain(state)
    for (const { event, run_id, actor } of rows)
      if (event === 'withdrawn') expect(run_id !== null || actor === 'client').toBe(true)
  }
  return { begun, executed }
}

/** Rejects all approval requests of the thread that still wait for an answer. */
async function answerAll({ client }: Walk, threadId: string): Promise<void> {
  for (let left = 10; left > 0; left -= 1) {
    const questions = await askedQuestions(client, threadId)
    if (questions.length === 0) return
    const resume = Object.fromEntries(questions.map(({ id }) => [id, { decisions: [{ type: 'reject' }] }]))
    await client.runs.wait(threadId, 'guarded', { command: { resume } })
  }
  throw new Error(`Thread ${threadId} still asks questions after ten answers.`)
}

test('after random requests of clients, each question is over or shown, each waiting question can be answered, and each call acted as often as the audit lists', async () => {
  const { client } = server()
  const walks = fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 4, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(walks, async (names) => {
      const { path, lines } = effects()
      const walk: Walk = { client, file: path, threads: [(await client.threads.create()).thread_id] }
      for (const name of ['new input', ...names]) {
        const threadId = walk.threads.at(-1) ?? ''
        // The API may reject the request. Its effects are checked below.
        await steps[name]?.(walk, threadId).catch(() => undefined)
        await checkAudit(walk, threadId)
      }
      let begun = 0
      let executed = 0
      for (const threadId of walk.threads) {
        // A copy shows the questions of its origin, and asks its own when it runs.
        await client.runs.wait(threadId, 'guarded', { input: null }).catch(() => undefined)
        await answerAll(walk, threadId)
        const audited = await checkAudit(walk, threadId)
        begun += audited.begun
        executed += audited.executed
      }
      // A call that has begun but not ended may have acted: its run was stopped before or after the start of the tool.
      const paid = lines().filter((line) => line.startsWith('paid')).length
      expect(paid).toBeGreaterThanOrEqual(executed)
      expect(paid).toBeLessThanOrEqual(begun)
    }),
    // A fixed seed gives the same walks in every test run.
    { numRuns: 3, endOnFailure: true, seed: 20_261_129 },
  )
})

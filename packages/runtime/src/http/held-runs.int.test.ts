import type { Client } from '@langchain/langgraph-sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { askedQuestions, auditOf } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { answerAll, askWhile, atRest, statusOf, work } from '../fixtures/held-thread.ts'
import { startTestServer, useTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'

const database = createDatabase()
/** Database of a server whose questions expire soon. */
const own = createDatabase()
const one = useTestServer(database)
/** A second replica. */
const two = useTestServer(database)
const effects = effectsFiles()
let client: Client
let other: Client
beforeAll(() => {
  client = one().client
  other = two().client
})

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${one().metricsPort}/metrics`)).text()
  return Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1])
}

/** A thread that waits for an approval, with runs that it accepted before. */
async function holding(count: number, payload: object = {}) {
  const file = effects()
  const { thread_id: threadId } = await client.threads.create()
  const { runId, submitted } = await askWhile(client, file, threadId, 'first', async () => {
    const held: string[] = []
    for (let index = 0; index < count; index += 1) {
      const sends = index % 2 === 0 ? client : other
      const run = await sends.runs.create(threadId, 'guarded', { input: work(file, `held ${index}`), ...payload })
      held.push(run.run_id)
    }
    return held
  })
  return { threadId, file, asking: runId, held: submitted }
}

const started = async (threadId: string): Promise<string[]> =>
  withClient(database(), async (sql) => {
    const { rows } = await sql.query<{ run_id: string }>(
      'SELECT run_id FROM hadal.run WHERE thread_id = $1 AND started_at IS NOT NULL ORDER BY started_at',
      [threadId],
    )
    return rows.map(({ run_id }) => run_id)
  })

describe('runs that were accepted before their thread asked', () => {
  test('stay pending while the question waits, and the thread shows the question', async () => {
    const { threadId, held, file } = await holding(2)
    expect(await client.threads.get(threadId)).toMatchObject({ status: 'interrupted' })
    expect(await askedQuestions(client, threadId)).toHaveLength(1)
    const found = await client.threads.search({ ids: [threadId], status: 'interrupted' })
    expect(found.map(({ thread_id }) => thread_id)).toEqual([threadId])
    const listed = await client.runs.list(threadId, { status: 'pending' })
    expect(listed.map(({ run_id }) => run_id).toSorted()).toEqual(held.toSorted())
    expect(file.lines()).toEqual(['first'])
    await answerAll(client, threadId)
    expect(await atRest(client, threadId)).toBe('idle')
  })

  test('start after an answer, which goes before them and is not refused', async () => {
    const { threadId, held, file, asking } = await holding(3)
    const answer = await answerAll(other, threadId)
    for (const run of held) await client.runs.join(threadId, run)
    expect(file.lines()).toEqual(['first', 'paid 0', 'held 0', 'held 1', 'held 2'])
    expect(await started(threadId)).toEqual([asking, answer, ...held])
  })

  test('start after a rejection', async () => {
    const { threadId, held, file } = await holding(1)
    await answerAll(client, threadId, 'reject')
    await client.runs.join(threadId, held[0] ?? '')
    expect(file.lines()).toEqual(['first', 'held 0'])
  })

  test('wait on while another question of the thread has no answer', async () => {
    const file = effects()
    const { thread_id: threadId } = await client.threads.create()
    const { submitted: run } = await askWhile(client, file, threadId, 'first', async () => {
      const { run_id } = await client.runs.create(threadId, 'guarded', { input: work(file, 'asking', 1) })
      await client.runs.create(threadId, 'guarded', { input: work(file, 'last') })
      return run_id
    })
    await answerAll(client, threadId)
    await client.runs.join(threadId, run)
    // The first held run asks, and the second one was accepted before that.
    expect(await atRest(client, threadId)).toBe('interrupted')
    expect(file.lines()).toEqual(['first', 'paid 0', 'asking'])
    await answerAll(client, threadId)
    await eventually(file.lines, (lines) => lines.length === 5)
    expect(file.lines()).toEqual(['first', 'paid 0', 'asking', 'paid 1', 'last'])
  })

  test('start after the expiry of the question', async () => {
    const expiring = await startTestServer(own(), { APPROVAL_EXPIRY_SECONDS: '1' })
    try {
      const file = effects()
      const { thread_id: threadId } = await expiring.client.threads.create()
      const { submitted } = await askWhile(expiring.client, file, threadId, 'first', async () => {
        const { run_id } = await expiring.client.runs.create(threadId, 'guarded', { input: work(file, 'held') })
        return run_id
      })
      await expiring.client.runs.join(threadId, submitted)
      expect(file.lines()).toEqual(['first', 'held'])
      expect((await auditOf(own(), threadId)).map(({ event }) => event)).toEqual(['asked', 'expired'])
    } finally {
      await expiring.drain()
    }
  })

  test('can be cancelled, joined, streamed and deleted with their thread', async () => {
    const { threadId, held, file } = await holding(3)
    const [cancelled = '', joined = '', streamed = ''] = held
    const join = client.runs.join(threadId, joined)
    const events: string[] = []
    const stream = (async () => {
      for await (const { event } of other.runs.joinStream(threadId, streamed)) events.push(event)
    })()
    await client.runs.cancel(threadId, cancelled, true)
    expect(await statusOf(client, threadId, cancelled)).toBe('interrupted')
    expect((await client.threads.get(threadId)).status).toBe('interrupted')
    await answerAll(client, threadId)
    expect(JSON.stringify(await join)).toContain('held 1')
    await stream
    expect(events).toContain('values')
    expect(file.lines()).toEqual(['first', 'paid 0', 'held 1', 'held 2'])

    const deleted = await holding(1)
    await client.threads.delete(deleted.threadId)
    await expect(client.runs.get(deleted.threadId, deleted.held[0] ?? '')).rejects.toThrow('404')
  })

  test('start when a client writes the state, which withdraws the question', async () => {
    const { threadId, held, file } = await holding(1)
    await client.threads.updateState(threadId, { values: { messages: [] }, asNode: 'model_request' })
    await client.runs.join(threadId, held[0] ?? '')
    expect(file.lines()).toEqual(['first', 'held 0'])
  })

  test('count neither as waiting for a worker nor for the age of the queue, and their thread is not at rest', async () => {
    const { threadId, held } = await holding(1)
    await withClient(database(), (sql) =>
      sql.query(
        "UPDATE pgboss.job SET created_on = now() - interval '2 h', start_after = now() - interval '2 h' WHERE id = $1",
        [held[0]],
      ),
    )
    expect(await metric('run_queue_waiting')).toBe(0)
    expect(await metric('run_queue_age_seconds')).toBe(0)
    await answerAll(client, threadId)
    expect(await atRest(client, threadId)).toBe('idle')
  })

  test('with after_seconds are held too once they are due, and one that is not due blocks no answer', async () => {
    const { threadId, held, file } = await holding(1, { afterSeconds: 1 })
    await withClient(database(), (sql) =>
      eventually(
        () => sql.query('SELECT 1 FROM pgboss.job WHERE id = $1 AND start_after < now()', [held[0]]),
        ({ rowCount }) => rowCount === 1,
      ),
    )
    expect(await statusOf(client, threadId, held[0] ?? '')).toBe('pending')
    const later = await holding(1, { afterSeconds: 3_600 })
    await answerAll(client, threadId)
    await client.runs.join(threadId, held[0] ?? '')
    expect(file.lines()).toEqual(['first', 'paid 0', 'held 0'])
    await client.runs.join(later.threadId, await answerAll(client, later.threadId))
    expect(later.file.lines()).toEqual(['first', 'paid 0'])
    expect(await statusOf(client, later.threadId, later.held[0] ?? '')).toBe('pending')
  })
})

describe('a run that is accepted after its thread asked, and brings no answer', () => {
  test('withdraws the question, audited with its id, and starts after the held runs', async () => {
    const { threadId, held, file, asking } = await holding(2)
    const { run_id } = await other.runs.create(threadId, 'guarded', { input: work(file, 'later') })
    expect(await auditOf(database(), threadId)).toMatchObject([{ event: 'asked' }, { event: 'withdrawn', run_id }])
    await client.runs.join(threadId, run_id)
    expect(file.lines()).toEqual(['first', 'held 0', 'held 1', 'later'])
    expect(await started(threadId)).toEqual([asking, ...held, run_id])
  })

  test('withdraws the question when it is accepted, even if it is to start later', async () => {
    const { threadId, held, file } = await holding(1)
    const { run_id } = await client.runs.create(threadId, 'guarded', { input: work(file, 'x'), afterSeconds: 3_600 })
    await client.runs.join(threadId, held[0] ?? '')
    expect(await auditOf(database(), threadId)).toMatchObject([{ event: 'asked' }, { event: 'withdrawn', run_id }])
    expect(await statusOf(client, threadId, run_id)).toBe('pending')
  })

  test.each(['interrupt', 'rollback'] as const)(
    'withdraws the question with the strategy %s, and starts before the held runs',
    async (multitaskStrategy) => {
      const { threadId, held, file, asking } = await holding(2)
      const { run_id } = await other.runs.create(threadId, 'guarded', { input: work(file, 'now'), multitaskStrategy })
      for (const run of held) await client.runs.join(threadId, run)
      expect(file.lines()).toEqual(['first', 'now', 'held 0', 'held 1'])
      expect(await started(threadId)).toEqual([asking, run_id, ...held])
      expect(await auditOf(database(), threadId)).toMatchObject([{ event: 'asked' }, { event: 'withdrawn', run_id }])
    },
  )

  test('is refused with the strategy reject, and the question still waits', async () => {
    const { threadId, held, file } = await holding(1)
    const refused = client.runs.create(threadId, 'guarded', { input: work(file, 'x'), multitaskStrategy: 'reject' })
    await expect(refused).rejects.toThrow(/409.*waits for the answer/)
    const alone = await holding(0)
    const again = client.runs.create(alone.threadId, 'guarded', { input: null, multitaskStrategy: 'reject' })
    await expect(again).rejects.toThrow('409')
    expect(await statusOf(client, threadId, held[0] ?? '')).toBe('pending')
    await answerAll(client, threadId)
    await client.runs.join(threadId, held[0] ?? '')
    expect(file.lines()).toEqual(['first', 'paid 0', 'held 0'])
  })
})

test("an author's own interrupt, which never expires, holds no run", async () => {
  const { thread_id: threadId } = await client.threads.create()
  const { run_id } = await client.runs.create(threadId, 'questions', { input: { questions: [] }, afterSeconds: 1 })
  await client.runs.wait(threadId, 'questions', { input: { questions: ['Why?'] } })
  await client.runs.join(threadId, run_id)
  expect(await statusOf(client, threadId, run_id)).toBe('success')
})

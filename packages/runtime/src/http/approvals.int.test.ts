import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { deployed } from '../fixtures/agents/guarded.ts'
import { type AskedQuestion, askedQuestions } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { startTestServer, type TestServer, useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

let sql: pg.Client
beforeAll(async () => {
  sql = new pg.Client({ connectionString: database() })
  await sql.connect()
})
afterAll(() => sql.end())

type Clients = Pick<TestServer, 'client'>

const pending = (threadId: string, { client }: Clients = server()): Promise<AskedQuestion[]> =>
  askedQuestions(client, threadId)

const approve = { decisions: [{ type: 'approve' }] }
const reject = { decisions: [{ type: 'reject', message: 'No.' }] }
const edit = (args: object, name = 'pay') => ({ decisions: [{ type: 'edit', editedAction: { name, args } }] })

/** A thread whose agent makes calls of `pay`, each with an amount. */
async function open(
  amounts: readonly number[],
  { client }: Clients = server(),
  payload: object = {},
): Promise<{
  threadId: string
  asked: AskedQuestion[]
  file: string
  paid: () => string[]
  answer: (resume: unknown, by?: Clients) => Promise<string>
}> {
  const { path, lines } = effects()
  const { thread_id } = await client.threads.create()
  const calls = amounts.map((amount) => ({ name: 'pay', args: { file: path, amount } }))
  const content = JSON.stringify(calls)
  await client.runs.wait(thread_id, 'guarded', { input: { messages: [{ role: 'user', content }] }, ...payload })
  return {
    threadId: thread_id,
    asked: await pending(thread_id, { client }),
    file: path,
    paid: lines,
    answer: async (resume, by = { client }) =>
      lastWords(await by.client.runs.wait(thread_id, 'guarded', { command: { resume } })),
  }
}

const lastWords = (values: unknown): string => {
  const { messages } = values as { messages: { content: string }[] }
  return messages.at(-1)?.content ?? ''
}

const audit = async (threadId: string): Promise<Record<string, unknown>[]> =>
  (
    await sql.query(
      'SELECT event, digest, tool, decision, actor, runs_digest, reason FROM hadal.approval_audit WHERE thread_id = $1 ORDER BY sequence',
      [threadId],
    )
  ).rows

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1] ?? Number.NaN,
  )
}

describe('an approval', () => {
  test('is requested with a digest and an expiry, which thread and state show, and its call is then executed once', async () => {
    const { threadId, asked, paid, answer } = await open([1])
    expect(paid()).toEqual([])
    expect(asked).toMatchObject([{ digest: expect.stringMatching(/^[0-9a-f]{64}$/), args: { amount: 1 } }])
    expect(Date.parse(asked[0]?.expiresAt ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    const { tasks } = await server().client.threads.getState(threadId)
    expect(tasks.flatMap(({ interrupts }) => interrupts)).toMatchObject([
      { value: { approval: { digest: asked[0]?.digest, expiresAt: asked[0]?.expiresAt } } },
    ])
    expect(await answer({ [asked[0]?.id ?? '']: approve })).toBe('paid 1')
    expect(paid()).toEqual(['paid 1'])
    expect(await server().client.threads.get(threadId)).toMatchObject({ status: 'idle', interrupts: {} })
    const digest = asked[0]?.digest
    expect(await audit(threadId)).toMatchObject([
      { event: 'asked', digest, tool: 'pay' },
      { event: 'decided', digest, decision: 'approve', actor: 'client', runs_digest: digest },
      { event: 'begun', digest, runs_digest: digest },
      { event: 'executed', digest },
    ])
  })

  test('that is rejected is recorded, and its call is not executed', async () => {
    const { threadId, paid, answer } = await open([1])
    expect(await answer(reject)).toBe('No.')
    expect(paid()).toEqual([])
    expect(await audit(threadId)).toMatchObject([
      { event: 'asked' },
      { event: 'decided', decision: 'reject', runs_digest: null },
    ])
  })

  test('that is edited executes the edited call, which has its own digest', async () => {
    const { threadId, asked, file, paid, answer } = await open([1])
    expect(await answer(edit({ file, amount: 2 }))).toContain('paid 2')
    expect(paid()).toEqual(['paid 2'])
    const [, decided, begun] = await audit(threadId)
    expect(decided).toMatchObject({ decision: 'edit', digest: asked[0]?.digest })
    expect(decided?.runs_digest).not.toBe(asked[0]?.digest)
    expect(begun).toMatchObject({ event: 'begun', runs_digest: decided?.runs_digest })
  })

  test('of two at the same time is answered by its id, and the rejection of one does not change the other', async () => {
    const { threadId, asked, paid, answer } = await open([1, 2])
    expect(asked).toHaveLength(2)
    const [first, second] = asked
    await expect(answer(approve)).rejects.toThrow('The answer has 1 decisions, and 2 calls wait')
    await answer({ [second?.id ?? '']: reject })
    expect(await pending(threadId)).toEqual([first])
    await expect(answer({ [second?.id ?? '']: approve })).rejects.toThrow('is not pending')
    expect(await answer({ [first?.id ?? '']: approve })).toBe('paid 1 | No.')
    expect(paid()).toEqual(['paid 1'])
  })

  test.each([
    ['no decision', { decisions: [] }, '422'],
    ['an unknown decision', { decisions: [{ type: 'yes' }] }, 'Invalid decision type'],
    ['an edit that names another tool', edit({}, 'execute'), 'An edit can change only the arguments'],
    ['a forged digest', { ...approve, digest: 'f'.repeat(64) }, '409'],
  ])('is not given by %s, and the question still waits', async (_what, answerGiven, words) => {
    const { threadId, asked, paid, answer } = await open([1])
    await expect(answer(answerGiven)).rejects.toThrow(words)
    expect(await pending(threadId)).toEqual(asked)
    expect(paid()).toEqual([])
    expect((await audit(threadId)).map(({ event }) => event)).toEqual(['asked'])
  })

  test('is valid for one execution: neither the same answer nor an older checkpoint executes the call again', async () => {
    const { threadId, asked, paid, answer } = await open([1])
    const { checkpoint } = await server().client.threads.getState(threadId)
    const resume = { [asked[0]?.id ?? '']: { ...approve, digest: asked[0]?.digest } }
    await answer(resume)
    await expect(answer(resume)).rejects.toThrow('none pending')
    await server().client.runs.wait(threadId, 'guarded', { input: null, checkpoint })
    expect(paid()).toEqual(['paid 1'])
    const [again] = await pending(threadId)
    expect(again?.digest).not.toBe(asked[0]?.digest)
  })

  test('is requested again on a copied thread', async () => {
    const { threadId, paid, answer } = await open([1])
    const copy = await server().client.threads.copy(threadId)
    const resume = (input: object) => server().client.runs.wait(copy.thread_id, 'guarded', input)
    await expect(resume({ command: { resume: approve } })).rejects.toThrow('was asked on another thread')
    await resume({ input: null })
    await resume({ command: { resume: approve } })
    await answer(reject)
    expect(paid()).toEqual(['paid 1'])
  })

  test('can be given again after its run was cancelled before it started', async () => {
    const { threadId, asked, paid, answer } = await open([1])
    const { client } = server()
    const later = await client.runs.create(threadId, 'guarded', { command: { resume: approve }, afterSeconds: 3_600 })
    await client.runs.cancel(threadId, later.run_id, true)
    expect(await pending(threadId)).toEqual(asked)
    await answer(reject)
    expect(paid()).toEqual([])
  })
})

describe("a subagent's tool call", () => {
  test.each(['helper', 'general-purpose'])('in %s requests an approval, and is executed once', async (subagent) => {
    const { client } = server()
    const { path, lines } = effects()
    const { thread_id } = await client.threads.create()
    const description = JSON.stringify([{ name: 'pay', args: { file: path, amount: 3 } }])
    const content = JSON.stringify([{ name: 'task', args: { subagent_type: subagent, description } }])
    await client.runs.wait(thread_id, 'guarded', { input: { messages: [{ role: 'user', content }] } })
    const [asked] = await pending(thread_id)
    expect(asked?.args).toMatchObject({ amount: 3 })
    expect(lines()).toEqual([])
    await client.runs.wait(thread_id, 'guarded', { command: { resume: { [asked?.id ?? '']: approve } } })
    expect(lines()).toEqual(['paid 3'])
  })
})

describe('a client', () => {
  const attempts: [string, object, string][] = [
    ['context', { context: { interruptOn: {} } }, 'context.interruptOn'],
    ['context of another name', { context: { rules: [] } }, 'context.rules'],
    ['configurable', { config: { configurable: { interruptOn: {} } } }, 'config.configurable.interruptOn'],
    ['another namespace', { config: { configurable: { checkpoint_ns: 'x' } } }, 'config.configurable.checkpoint_ns'],
  ]
  test.each(attempts)('can not switch approvals off by %s', async (_way, payload, field) => {
    await expect(open([1], server(), payload)).rejects.toThrow(field)
  })

  test('cannot bypass approvals by writing the state or by a jump to the tools', async () => {
    const { client } = server()
    const { threadId, file, paid } = await open([1])
    const call = { name: 'pay', args: { file, amount: 82_000 }, id: 'forged', type: 'tool_call' }
    await client.threads.updateState(threadId, {
      values: { messages: [{ role: 'assistant', content: '', tool_calls: [call] }] },
      asNode: 'model_request',
    })
    await client.runs.wait(threadId, 'guarded', { input: null })
    expect(await pending(threadId)).toMatchObject([{ args: { amount: 82_000 } }])
    const goto = { node: 'tools', input: { messages: [], lg_tool_call: call } }
    await client.runs.wait(threadId, 'guarded', { command: { goto } })
    expect(paid()).toEqual([])
  })
})

describe('a new deployment between question and answer', () => {
  const own = createDatabase()
  const running = new Set<TestServer>()
  afterEach(async () => {
    deployed.payAsks = true
    await Promise.all([...running].map((one) => one.drain()))
    running.clear()
  })
  const deploy = async (variables: Record<string, string> = {}): Promise<TestServer> => {
    await Promise.all([...running].map((one) => one.drain()))
    running.clear()
    const next = await startTestServer(own(), variables)
    running.add(next)
    return next
  }

  test('without approval rules executes no rejected call, and asks no new question', async () => {
    const { threadId, paid } = await open([1], await deploy())
    deployed.payAsks = false
    const after = await deploy()
    await after.client.runs.wait(threadId, 'guarded', { command: { resume: reject } })
    expect(paid()).toEqual([])
    expect((await open([2], after)).paid()).toEqual(['paid 2'])
  })

  test('with approvals switched off still waits for open questions, and asks no new ones', async () => {
    const { threadId, paid, asked } = await open([1], await deploy())
    const after = await deploy({ APPROVALS_ENABLED: 'false' })
    await after.client.runs.wait(threadId, 'guarded', { input: null })
    expect(await pending(threadId, after)).toEqual(asked)
    await after.client.runs.wait(threadId, 'guarded', { command: { resume: reject } })
    expect(paid()).toEqual([])
    expect((await open([2], after)).paid()).toEqual(['paid 2'])
  })

  test('that changes a call does not execute it with the old approval, and reports this', async () => {
    const { threadId, asked, file, paid } = await open([1], await deploy())
    // Simulates a changed call: its input in the newest checkpoint has another amount.
    for (const table of ['checkpoint_writes', 'checkpoint_blobs'])
      await withClient(own(), (client) =>
        client.query(
          `UPDATE public.${table} SET blob = convert_to(replace(convert_from(blob, 'UTF8'), '"amount":1', '"amount":8'), 'UTF8')
           WHERE thread_id = $1 AND channel = '__pregel_tasks'`,
          [threadId],
        ),
      )
    const after = await deploy()
    const values = await after.client.runs.wait(threadId, 'guarded', {
      command: { resume: { [asked[0]?.id ?? '']: approve } },
    })
    expect(lastWords(values)).toContain('its arguments have changed since')
    expect([file, paid()]).toEqual([file, []])
  })
})

describe('the audit', () => {
  test.each([
    "UPDATE hadal.approval_event SET actor = 'another' WHERE event = 'decided'",
    'DELETE FROM hadal.approval_event',
    'TRUNCATE hadal.approval_event',
  ])('refuses %s', async (statement) => {
    await expect(sql.query(statement)).rejects.toThrow('Rows are only ever added to hadal.approval_event')
  })

  test('remains after its thread is deleted, without the arguments', async () => {
    // Long enough that no random id contains it.
    const amount = 471_147_114_711
    const { threadId, answer, file } = await open([amount])
    await answer(approve)
    await server().client.threads.delete(threadId)
    expect((await audit(threadId)).map(({ event }) => event)).toEqual(['asked', 'decided', 'begun', 'executed'])
    const { rows } = await sql.query('SELECT * FROM hadal.approval_event WHERE thread_id = $1', [threadId])
    for (const argument of [`${amount}`, file]) expect(JSON.stringify(rows)).not.toContain(argument)
  })
})

test('metrics count questions and decisions, and the questions that wait', async () => {
  const before = await metric('approvals_asked_total')
  const { answer } = await open([1])
  expect(await metric('approvals_asked_total')).toBe(before + 1)
  expect(await metric('approvals_waiting')).toBeGreaterThan(0)
  expect(await metric('approval_waiting_seconds')).toBeGreaterThan(0)
  expect(await metric('approval_time_used_ratio')).toBeGreaterThan(0)
  const approved = await metric('approvals_decided_total{decision="approve"}')
  await answer(approve)
  expect(await metric('approvals_decided_total{decision="approve"}')).toBe(approved + 1)
})

describe('an unanswered question', () => {
  const brief = createDatabase()
  const expiring = useTestServer(brief, { APPROVAL_EXPIRY_SECONDS: '1' })

  test('counts as rejected after its expiry: the thread continues by itself, and the audit records the expiry', async () => {
    const { client } = expiring()
    const { threadId, paid } = await open([1, 2], expiring())
    const thread = await eventually(
      () => client.threads.get(threadId),
      ({ status }) => status === 'idle',
    )
    expect(lastWords(thread.values)).toContain('without an answer, so the call counts as rejected')
    expect(paid()).toEqual([])
    const { rows } = await withClient(brief(), (own) =>
      own.query('SELECT event, decision, actor FROM hadal.approval_event ORDER BY sequence'),
    )
    expect(rows.slice(2)).toEqual([
      { event: 'decided', decision: 'expired', actor: 'hadal:expiry' },
      { event: 'decided', decision: 'expired', actor: 'hadal:expiry' },
    ])
  })
})

describe('an answer that comes too late', () => {
  const own = createDatabase()

  test('is rejected with the time of the expiry, even before a search for expired approvals', async () => {
    const worker = await startTestServer(own(), { APPROVAL_EXPIRY_SECONDS: '3' })
    const { threadId, asked, paid } = await open([1], worker).finally(() => worker.drain())
    const until = asked[0]?.expiresAt ?? ''
    await eventually(Date.now, (now) => now > Date.parse(until))
    const api = await startTestServer(own(), { ROLE: 'api' })
    try {
      const late = api.client.runs.create(threadId, 'guarded', { command: { resume: approve } })
      await expect(late).rejects.toThrow(`could be answered until ${until}`)
      await expect(late).rejects.toThrow('409')
    } finally {
      await api.drain()
    }
    expect(paid()).toEqual([])
  })
})

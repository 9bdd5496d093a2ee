import { describe, expect, test } from 'vitest'
import { rowsOf } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { agentChatUi, agentInbox, deepAgentsUi, type InterfaceRequest } from '../fixtures/interface-requests.ts'
import { readByAgentChatUi, readByAgentInbox, readByDeepAgentsUi } from '../fixtures/reading-interfaces.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

const graph = 'asking-deep'
const offered = ['approve', 'edit', 'reject']

/** The message that makes the agent ask for payments in one turn. */
const asks = (path: string, amounts: readonly number[]) => ({
  messages: [
    {
      role: 'user',
      content: JSON.stringify(amounts.map((amount) => ({ name: 'pay', args: { file: path, amount } }))),
    },
  ],
})

/** A thread on which LangChain's middleware asks for approvals of payments in one turn. */
async function asking(amounts: readonly number[]) {
  const { client } = server()
  const { path, lines } = effects()
  const { thread_id: threadId } = await client.threads.create()
  const answered = await client.runs.wait(threadId, graph, { input: asks(path, amounts) })
  return { client, threadId, lines, path, answered, state: await client.threads.getState(threadId) }
}

/** Sends a request as an interface does, and reads its answer to the end. */
async function send(threadId: string, { path, body }: InterfaceRequest): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${server().url}/threads/${threadId}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-scheme': 'langsmith' },
    body: JSON.stringify({ ...body, assistant_id: graph }),
  })
  return { status: answer.status, text: await answer.text() }
}

/** The value that the hook `useStream` gives to a page: that of the last interrupt of the last task. */
const shownValueOf = ({ tasks }: Awaited<ReturnType<typeof asking>>['state']): unknown =>
  tasks.at(-1)?.interrupts.at(-1)?.value

/** Expects that the run with an answer has ended without an error. */
const expectIdle = async (threadId: string): Promise<void> => {
  const thread = await eventually(
    () => server().client.threads.get(threadId),
    ({ status }) => status !== 'busy',
  )
  expect(thread).toMatchObject({ status: 'idle', interrupts: {} })
}

const expectStillAsked = async (threadId: string, lines: () => readonly string[]): Promise<void> => {
  expect(lines()).toEqual([])
  const { status, interrupts } = await server().client.threads.get(threadId)
  expect([status, Object.values(interrupts).flat().length]).toEqual(['interrupted', 1])
}

const outcomes = [
  ['approve', ['paid 1']],
  ['edit', ['paid 2']],
  ['reject', []],
] as const

test("a question of LangChain's middleware has Python's names wherever clients read it, and its id", async () => {
  const { client, threadId, answered, path, state } = await asking([1])
  const args = { file: path, amount: 1 }
  const review = { actionName: 'pay', action_name: 'pay', allowedDecisions: offered, allowed_decisions: offered }
  const value = {
    actionRequests: [{ name: 'pay', args }],
    action_requests: [{ name: 'pay', args, arguments: args }],
    reviewConfigs: [review],
    review_configs: [review],
  }
  const [found] = await client.threads.search({ ids: [threadId] })
  const [newest] = await client.threads.getHistory(threadId)
  const [run] = await client.runs.list(threadId)
  const ofThread = Object.values((await client.threads.get(threadId)).interrupts).flat()
  const listed = [
    ofThread,
    Object.values(found?.interrupts ?? {}).flat(),
    newest?.tasks.flatMap((task) => task.interrupts),
  ]
  for (const interrupts of [...listed, state.tasks.flatMap((task) => task.interrupts)])
    expect(interrupts).toMatchObject([{ id: ofThread[0]?.id, value }])
  expect(answered).toMatchObject({ __interrupt__: [{ id: ofThread[0]?.id, value }] })
  expect(await client.runs.join(threadId, run?.run_id ?? '')).toMatchObject({ __interrupt__: [{ value }] })
  const [stored] = await rowsOf<{ text: string }>(
    database(),
    'SELECT interrupts::text AS text FROM hadal.thread WHERE thread_id = $1',
    threadId,
  )
  expect(stored?.text).toContain(ofThread[0]?.id)
  expect(stored?.text).not.toContain('action_requests')
})

test.each([
  ['the agent', (call: object) => [call]],
  [
    'a subagent',
    (call: object) => [
      { name: 'task', args: { subagent_type: 'general-purpose', description: JSON.stringify([call]) } },
    ],
  ],
])(
  "streams show a question of LangChain's middleware of %s with Python's names in every mode",
  async (_whose, callsWith) => {
    const { client } = server()
    const { path, lines } = effects()
    const { thread_id: threadId } = await client.threads.create()
    const content = JSON.stringify(callsWith({ name: 'pay', args: { file: path, amount: 1 } }))
    const streamMode = ['values', 'updates', 'tasks', 'debug'] as const
    const events: { event: string; text: string }[] = []
    const payload = {
      input: { messages: [{ role: 'user', content }] },
      streamMode: [...streamMode],
      streamSubgraphs: true,
    }
    for await (const { event, data } of client.runs.stream(threadId, graph, payload))
      events.push({ event: event.split('|')[0] ?? '', text: JSON.stringify(data) })
    const asked = events.filter(({ text }) => text.includes('"actionRequests"'))
    expect(new Set(asked.map(({ event }) => event))).toEqual(new Set(streamMode))
    expect(asked.filter(({ text }) => !text.includes('"action_requests"'))).toEqual([])
    const cards = readByAgentChatUi(shownValueOf(await client.threads.getState(threadId)))
    await send(threadId, agentChatUi(['edit'], cards, { amount: '3' }))
    expect(lines()).toEqual(['paid 3'])
    await expectIdle(threadId)
  },
)

describe('deep-agents-ui', () => {
  test.each(outcomes)('shows a call with its buttons, and its request to %s is done', async (action, paid) => {
    const { threadId, state, lines, path } = await asking([1])
    const [card, ...others] = readByDeepAgentsUi(shownValueOf(state))
    expect([card, others]).toMatchObject([{ name: 'pay', args: { file: path, amount: 1 }, offers: offered }, []])
    if (!card) return
    const { checkpoint_ns, checkpoint_id, checkpoint_map } = state.checkpoint
    const checkpoint = { checkpoint_ns, checkpoint_id, checkpoint_map }
    // The edited argument is the text of a form.
    const { status } = await send(threadId, deepAgentsUi(action, card, { amount: '2' }, checkpoint))
    expect([status, lines()]).toEqual([200, paid])
    await expectIdle(threadId)
  })

  test('shows a card for each of two calls, but its one decision does not fit two calls: nothing is decided', async () => {
    const { threadId, state, lines } = await asking([1, 2])
    const cards = readByDeepAgentsUi(shownValueOf(state))
    expect(cards).toHaveLength(2)
    const request = deepAgentsUi('approve', { name: 'pay', args: {} }, {}, state.checkpoint)
    const { status, text } = await send(threadId, request)
    expect(status).toBe(422)
    expect(text).toContain('The answer has 1 decision, and the question is about 2 calls: pay, pay.')
    await expectStillAsked(threadId, lines)
  })
})

describe('agent-chat-ui', () => {
  test.each(outcomes)('shows a call with its buttons, and its request to %s is done', async (action, paid) => {
    const { threadId, state, lines, path } = await asking([1])
    const cards = readByAgentChatUi(shownValueOf(state))
    expect(cards).toMatchObject([{ name: 'pay', args: { file: path, amount: 1 }, offers: offered }])
    const { status } = await send(threadId, agentChatUi([action], cards, { amount: '2' }))
    expect([status, lines()]).toEqual([200, paid])
    await expectIdle(threadId)
  })

  test('shows two calls of one turn as one question, and its decisions reach the calls in their order', async () => {
    const { threadId, state, lines } = await asking([1, 2])
    const cards = readByAgentChatUi(shownValueOf(state))
    expect(cards.map(({ args }) => args.amount)).toEqual([1, 2])
    await send(threadId, agentChatUi(['approve', 'edit'], cards, { amount: '7' }))
    expect(lines().toSorted()).toEqual(['paid 1', 'paid 7'])
    await expectIdle(threadId)
  })
})

describe('agent-inbox', () => {
  test.each([
    ['accept', ['paid 1']],
    ['edit', ['paid 2']],
    ['response', []],
    ['ignore', []],
  ] as const)('lists a call with its arguments, and its request to %s is done', async (action, paid) => {
    const { client, threadId, lines, path } = await asking([1])
    const found = await client.threads.search({ status: 'interrupted', metadata: { graph_id: graph }, limit: 100 })
    const thread = found.find(({ thread_id }) => thread_id === threadId)
    const [card, ...others] = readByAgentInbox(thread?.interrupts ?? {})
    expect([card, others]).toMatchObject([{ name: 'pay', args: { file: path, amount: 1 }, offers: offered }, []])
    if (!card) return
    const { status } = await send(threadId, agentInbox(action, card, { amount: '2' }))
    await expectIdle(threadId)
    expect([status, lines()]).toEqual([200, paid])
  })

  test("shows the first of two calls, and its one answer is refused, because LangChain's middleware needs both", async () => {
    const { client, threadId, lines } = await asking([1, 2])
    const [card] = readByAgentInbox((await client.threads.get(threadId)).interrupts)
    if (card) {
      const { status, text } = await send(threadId, agentInbox('accept', card, {}))
      expect([status, text]).toEqual([422, expect.stringContaining('with one decision for each call')])
    }
    expect(card?.args.amount).toBe(1)
    await expectStillAsked(threadId, lines)
  })

  test('can not accept a call with other arguments than those that wait', async () => {
    const { threadId, lines, path } = await asking([1])
    const { status, text } = await send(
      threadId,
      agentInbox('accept', { name: 'pay', args: { file: path, amount: 9 } }, {}),
    )
    expect([status, text]).toEqual([409, expect.stringContaining('not pending with these arguments')])
    await expectStillAsked(threadId, lines)
  })
})

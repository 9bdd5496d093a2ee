import { describe, expect, test } from 'vitest'
import { auditOf, shownAmong } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { agentChatUi, agentInbox, deepAgentsUi, type InterfaceRequest } from '../fixtures/interface-requests.ts'
import { readByAgentChatUi, readByAgentInbox, readByDeepAgentsUi } from '../fixtures/reading-interfaces.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

const offered = ['approve', 'edit', 'reject']

/** A thread whose agent asks for approvals of payments in one turn. @param deep whether each payment is made by a subagent of its own */
async function asking(amounts: readonly number[], deep = false) {
  const { client } = server()
  const { path, lines } = effects()
  const { thread_id: threadId } = await client.threads.create()
  const pay = (amount: number) => ({ name: 'pay', args: { file: path, amount } })
  const delegated = (amount: number) => ({
    name: 'task',
    args: { subagent_type: 'helper', description: JSON.stringify([pay(amount)]) },
  })
  const content = JSON.stringify(amounts.map((amount) => (deep ? delegated(amount) : pay(amount))))
  await client.runs.wait(threadId, 'guarded', { input: { messages: [{ role: 'user', content }] } })
  return { client, threadId, lines, path, state: await client.threads.getState(threadId) }
}

/** Sends a request as an interface does, and reads its answer to the end. */
async function send(threadId: string, { path, body }: InterfaceRequest): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${server().url}/threads/${threadId}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-scheme': 'langsmith' },
    body: JSON.stringify({ ...body, assistant_id: 'guarded' }),
  })
  return { status: answer.status, text: await answer.text() }
}

const events = async (threadId: string): Promise<string[]> =>
  (await auditOf(database(), threadId)).map(({ event }) => event)

/** The value that the hook `useStream` gives to a page: that of the last interrupt of the last task. */
const shownValueOf = ({ tasks }: Awaited<ReturnType<typeof asking>>['state']): unknown =>
  tasks.at(-1)?.interrupts.at(-1)?.value

const outcomes = [
  ['approve', 'approve', ['paid 1']],
  ['edit', 'edit', ['paid 2']],
  ['reject', 'reject', []],
] as const

describe('deep-agents-ui', () => {
  test.each(outcomes)('shows a call with its buttons, and its request to %s is done', async (action, event, paid) => {
    const { threadId, state, lines, path } = await asking([1])
    const [card, ...others] = readByDeepAgentsUi(shownValueOf(state))
    expect([card, others]).toMatchObject([{ name: 'pay', args: { file: path, amount: 1 }, offers: offered }, []])
    if (!card) return
    const { checkpoint_ns, checkpoint_id, checkpoint_map } = state.checkpoint
    const checkpoint = { checkpoint_ns, checkpoint_id, checkpoint_map }
    // The edited argument is the text of a form.
    const { status } = await send(threadId, deepAgentsUi(action, card, { amount: '2' }, checkpoint))
    expect([status, lines()]).toEqual([200, paid])
    expect(await events(threadId)).toContain(event)
  })

  test('shows a card for each of two calls, but its one decision does not fit two calls: nothing is decided', async () => {
    const { threadId, state, lines } = await asking([1, 2])
    const cards = readByDeepAgentsUi(shownValueOf(state))
    expect(cards).toHaveLength(2)
    const { status, text } = await send(
      threadId,
      deepAgentsUi('approve', { name: 'pay', args: {} }, {}, state.checkpoint),
    )
    expect([status, lines()]).toEqual([422, []])
    expect(text).toContain('2 calls wait')
    expect(await events(threadId)).toEqual(['asked', 'asked'])
  })
})

describe('agent-chat-ui', () => {
  test.each(outcomes)('shows a call with its buttons, and its request to %s is done', async (action, event, paid) => {
    const { threadId, state, lines, path } = await asking([1])
    const cards = readByAgentChatUi(shownValueOf(state))
    expect(cards).toMatchObject([{ name: 'pay', args: { file: path, amount: 1 }, offers: offered }])
    const { status } = await send(threadId, agentChatUi([action], cards, { amount: '2' }))
    expect([status, lines()]).toEqual([200, paid])
    expect(await events(threadId)).toContain(event)
  })

  test.each([
    ['two calls of one turn', false],
    ['calls of two parallel subagents', true],
  ])('shows %s as one question, and its decisions reach the calls in their order', async (_what, deep) => {
    const { client, threadId, state, lines } = await asking([1, 2], deep)
    expect(state.tasks.flatMap(({ interrupts }) => interrupts)).toHaveLength(1)
    const cards = readByAgentChatUi(shownValueOf(state))
    expect(cards.map(({ args }) => args.amount)).toEqual([1, 2])
    await send(threadId, agentChatUi(['edit', 'reject'], cards, { amount: '7' }))
    expect(lines()).toEqual(['paid 7'])
    expect(await client.threads.get(threadId)).toMatchObject({ status: 'idle', interrupts: {} })
  })
})

describe('agent-inbox', () => {
  const search = async () =>
    server().client.threads.search({ status: 'interrupted', metadata: { graph_id: 'guarded' }, limit: 100 })

  test.each([
    ['accept', 'approve', ['paid 1']],
    ['edit', 'edit', ['paid 2']],
    ['response', 'reject', []],
    ['ignore', 'reject', []],
  ] as const)('lists a call with its arguments, and its request to %s is done', async (action, event, paid) => {
    const { client, threadId, lines, path } = await asking([1])
    const thread = (await search()).find(({ thread_id }) => thread_id === threadId)
    const [card, ...others] = readByAgentInbox(thread?.interrupts ?? {})
    expect([card, others]).toMatchObject([{ name: 'pay', args: { file: path, amount: 1 }, offers: offered }, []])
    if (!card) return
    expect(card.description).not.toContain(path)
    const { status } = await send(threadId, agentInbox(action, card, { amount: '2' }))
    await eventually(
      () => client.threads.get(threadId),
      (now) => now.status === 'idle',
    )
    expect([status, lines()]).toEqual([200, paid])
    expect(await events(threadId)).toContain(event)
  })

  test('answers two calls one after the other: its answer is about the first call, which it shows', async () => {
    const { client, threadId, lines } = await asking([1, 2])
    for (const amount of [1, 2]) {
      const [card] = readByAgentInbox((await client.threads.get(threadId)).interrupts)
      expect(card?.args.amount).toBe(amount)
      if (card) await send(threadId, agentInbox('accept', card, {}))
      expect(lines()).toHaveLength(amount)
    }
    expect(lines()).toEqual(['paid 1', 'paid 2'])
  })

  test('can not accept a call with other arguments than those that wait', async () => {
    const { client, threadId, lines, path } = await asking([1])
    const accepted = agentInbox('accept', { name: 'pay', args: { file: path, amount: 9 } }, {})
    const { status, text } = await send(threadId, accepted)
    expect([status, lines()]).toEqual([409, []])
    expect(text).toContain('not pending with these arguments')
    expect(shownAmong(Object.values((await client.threads.get(threadId)).interrupts).flat())).toHaveLength(1)
  })

  test('"Mark as Resolved" withdraws the question', async () => {
    const { client, threadId, lines } = await asking([1])
    await client.threads.updateState(threadId, { values: null, asNode: '__end__' })
    expect(await client.threads.get(threadId)).toMatchObject({ status: 'idle', interrupts: {} })
    expect([await events(threadId), lines()]).toEqual([['asked', 'withdrawn'], []])
  })
})

import { Command, interrupt, MemorySaver } from '@langchain/langgraph'
import { createAgent, createMiddleware, HumanMessage, tool } from 'langchain'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createApprovalsMiddleware } from '../approvals.ts'
import { ObedientModel } from '../fixtures/obedient-model.ts'
import type { ApprovalRequest } from './approval-answer.ts'
import { callKey } from './call-key.ts'

interface Setting {
  readonly idempotent?: boolean
  /** Called by the test tool, with the number of the execution, starting at 1. */
  readonly act?: (execution: number) => unknown
  /** Maximum number of retries by the author's own middleware. */
  readonly retries?: number
  /** Whether a rule requires approval for the tool. */
  readonly also?: boolean
  readonly unrecorded?: ReadonlySet<string>
}

/** An agent with the tool `act`. Each of its runs has its own id. */
function open({ idempotent = false, act = () => undefined, retries = 0, also = false, unrecorded }: Setting = {}) {
  const keys: string[] = []
  const acting = tool(
    async (_input, runtime) => {
      keys.push(unrecorded ? '' : callKey(runtime))
      await act(keys.length)
      return `acted ${keys.length}`
    },
    { name: 'act', description: 'Acts', schema: z.object({}), metadata: { idempotent } },
  )
  const retry = createMiddleware({
    name: 'Retry',
    async wrapToolCall(request, handler) {
      for (let left = retries; left > 0; left -= 1) {
        try {
          return await handler(request)
        } catch {}
      }
      return handler(request)
    },
  })
  const rules = also ? [{ tool: 'act', asks: 'always' as const }] : []
  const agent = createAgent({
    model: new ObedientModel({}),
    tools: [acting],
    middleware: [retry, createApprovalsMiddleware({ rules, ...(unrecorded ? { unrecorded } : {}) })],
    checkpointer: new MemorySaver(),
  })
  let runs = 0
  const run = async (input: unknown, configurable: object = {}) => {
    runs += 1
    const config = { configurable: { thread_id: 'thread', run_id: `run ${runs}`, run_attempt: 0, ...configurable } }
    const result = await agent.graph.invoke(input as Command, config)
    const asked = ('__interrupt__' in result ? result.__interrupt__ : []) as { id: string; value: ApprovalRequest }[]
    return { question: asked[0]?.value, id: asked[0]?.id ?? '', said: result.messages.at(-1)?.text ?? '' }
  }
  return {
    keys,
    start: (calls = 1) =>
      run({ messages: [new HumanMessage(JSON.stringify(Array(calls).fill({ name: 'act', args: {} })))] }),
    again: (configurable?: object) => run(null, configurable),
    answer: ({ id, question }: { id: string; question: ApprovalRequest | undefined }, decision: object) =>
      run(new Command({ resume: { [id]: { decisions: [decision], digest: question?.approval.digest } } })),
    resume: (value: unknown) => run(new Command({ resume: value })),
    checkpoint: async () =>
      (await agent.graph.getState({ configurable: { thread_id: 'thread' } })).config.configurable?.checkpoint_id,
  }
}

const once = (execution: number): void => {
  if (execution === 1) throw new Error('the line is cut')
}

test('a failed call needs approval in the next run, and an approval executes it again with the same key', async () => {
  const { start, again, answer, keys } = open({ act: once })
  await expect(start()).rejects.toThrow('the line is cut')
  const asked = await again()
  expect(asked.question).toMatchObject({
    reviewConfigs: [{ allowedDecisions: ['approve', 'edit', 'reject', 'respond'] }],
    approval: { because: expect.stringContaining('may have acted') },
  })
  expect((await answer(asked, { type: 'approve' })).said).toBe('acted 2')
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

test.each([
  ['reject', { type: 'reject' }, 'counts as failed'],
  ['respond', { type: 'respond', message: 'The letter was sent.' }, 'The letter was sent.'],
])('%s ends a failed call without executing it again', async (_decision, decision, words) => {
  const { start, again, answer, keys } = open({ act: once })
  await expect(start()).rejects.toThrow('the line is cut')
  expect((await answer(await again(), decision)).said).toContain(words)
  expect(keys).toHaveLength(1)
})

test('rejects a result as the answer for a call that has not begun', async () => {
  const { start, answer, keys } = open({ also: true })
  const asked = await start()
  const after = await answer(asked, { type: 'respond', message: 'acted' })
  expect(after.question?.approval.because).toContain('has not begun')
  expect(keys).toEqual([])
})

test('an idempotent call is executed again without approval, with the same key', async () => {
  const { start, again, keys } = open({ act: once, idempotent: true })
  await expect(start()).rejects.toThrow('the line is cut')
  expect((await again()).said).toBe('acted 2')
  expect(new Set(keys).size).toBe(1)
})

test('two calls of one tool have different keys', async () => {
  const { start, keys } = open()
  await start(2)
  expect(new Set(keys).size).toBe(2)
})

test('a failed idempotent call needs approval again if a rule requires approval for its tool', async () => {
  const { start, again, answer, keys } = open({ act: once, idempotent: true, also: true })
  const asked = await start()
  await expect(answer(asked, { type: 'approve' })).rejects.toThrow('the line is cut')
  expect((await again()).question).toBeDefined()
  expect(keys).toHaveLength(1)
})

test("a retry by the author's middleware in the same run needs no approval", async () => {
  const { start, keys } = open({ act: once, retries: 1 })
  expect((await start()).said).toBe('acted 2')
  expect(keys).toHaveLength(2)
})

test.each([false, true])(
  'a tool that raises its own interrupt is called again with the answer (needs approval: %s)',
  async (also) => {
    const { start, answer, resume, keys } = open({ act: () => void interrupt('which?'), also })
    const first = await start()
    const waiting = also ? await answer(first, { type: 'approve' }) : first
    expect(waiting.question).toBe('which?')
    expect((await resume('this')).said).toBe('acted 2')
    expect(keys).toHaveLength(2)
  },
)

test('an executed call needs approval when a run reaches it again from an older checkpoint', async () => {
  const { start, again, checkpoint, keys } = open({ act: once })
  await expect(start()).rejects.toThrow('the line is cut')
  const checkpoint_id = await checkpoint()
  const before = await again()
  expect(before.question).toBeDefined()
  expect((await again({ checkpoint_id })).question?.approval.because).toContain('may have acted')
  expect(keys).toHaveLength(1)
})

test('an unrecorded tool is executed again without approval', async () => {
  const { start, again } = open({ act: once, unrecorded: new Set(['act']) })
  await expect(start()).rejects.toThrow()
  await expect(again()).resolves.toMatchObject({ question: undefined })
})

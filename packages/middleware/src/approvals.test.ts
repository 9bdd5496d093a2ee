import { Command, MemorySaver } from '@langchain/langgraph'
import { type AgentMiddleware, AIMessage, createMiddleware } from 'langchain'
import { describe, expect, test } from 'vitest'
import { type ApprovalLedger, createMemoryApprovalLedger } from './approvals/approval-ledger.ts'
import type { ApprovalsOptions } from './approvals.ts'
import { approve, digestOf, edit, note, openAgent, pay, reject } from './fixtures/approving-agent.ts'
import { changedLedger } from './fixtures/changed-ledger.ts'
import type { ObedientCall as Call } from './fixtures/obedient-model.ts'

describe('a call that needs approval', () => {
  test('waits, shows its digest and expiry, and is executed once after an approval', async () => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1)])
    expect(effects).toEqual([])
    expect(asked).toMatchObject([
      {
        value: {
          actionRequests: [{ name: 'pay', args: { amount: 1 } }],
          reviewConfigs: [{ actionName: 'pay', allowedDecisions: ['approve', 'edit', 'reject'] }],
          approval: { digest: expect.stringMatching(/^[0-9a-f]{64}$/), expiresAt: expect.stringMatching(/Z$/) },
        },
      },
    ])
    expect((await answer(approve(asked[0]))).said).toBe('paid 1')
    expect(effects).toEqual(['paid 1'])
  })

  test('is not executed after a rejection, and the model gets the reason', async () => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1)])
    expect((await answer(reject(asked[0]))).said).toBe('No.')
    expect(effects).toEqual([])
  })

  test('is executed with the arguments that the approver edited, and the model gets them', async () => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1)])
    const { said } = await answer(edit(asked[0], { amount: 2 }))
    expect(said).toBe('A person changed the arguments of this call to {"amount":2}.\npaid 2')
    expect(effects).toEqual(['paid 2'])
  })

  test('rejects an edit that renames the tool, and asks again with the reason', async () => {
    const { start, answer, effects } = openAgent()
    const first = await start([pay(1)])
    const second = await answer(edit(first.asked[0], { text: 'x' }, 'look'))
    expect(second.asked).toMatchObject([
      { value: { approval: { digest: digestOf(first.asked[0]), because: expect.stringContaining('"look"') } } },
    ])
    expect(effects).toEqual([])
    await answer(approve(second.asked[0]))
    expect(effects).toEqual(['paid 1'])
  })

  test.each([
    ['no decisions', {}],
    ['two decisions', { decisions: [{ type: 'approve' }, { type: 'approve' }] }],
    ['an unknown decision', { decisions: [{ type: 'yes' }] }],
    ['a plain string', 'approve'],
  ])('is not executed if the answer is invalid: %s', async (_what, answerGiven) => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1)])
    const after = await answer({ [asked[0]?.id ?? '']: answerGiven })
    expect(after.asked).toHaveLength(1)
    expect(effects).toEqual([])
  })

  test.each([
    ['has no digest', undefined],
    ['has a forged digest', 'f'.repeat(64)],
  ])('is not executed if the approval %s', async (_what, digest) => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1)])
    const after = await answer({ [asked[0]?.id ?? '']: { decisions: [{ type: 'approve' }], digest } })
    expect(after.asked).toMatchObject([{ value: { approval: { digest: digestOf(asked[0]) } } }])
    expect(effects).toEqual([])
  })

  test('is not executed if the approval comes after the expiry', async () => {
    const { start, answer, effects } = openAgent({ expirySeconds: -1 })
    const { asked } = await start([pay(1)])
    expect((await answer(approve(asked[0]))).said).toContain('came after the question had expired')
    expect(effects).toEqual([])
  })
})

describe('several calls at once', () => {
  test('are separate questions: the rejection of one does not affect the others', async () => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1), pay(2), { name: 'look', args: { text: 'x' } }])
    expect(effects).toEqual(['look x'])
    expect(asked.map(({ value }) => value.actionRequests[0].args)).toEqual([{ amount: 1 }, { amount: 2 }])
    const { said } = await answer({ ...reject(asked[0]), ...approve(asked[1]) })
    expect(effects).toEqual(['look x', 'paid 2'])
    expect(said).toBe('No. | paid 2 | look done')
  })

  test('can be answered one after the other, and expiry and digest of the others do not change', async () => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1), pay(2)])
    const after = await answer(approve(asked[0]))
    expect(after.asked.map(({ value }) => value.approval)).toEqual([asked[1]?.value.approval])
    await answer(approve(after.asked[0]))
    expect(effects).toEqual(['paid 1', 'paid 2'])
  })

  test('with the same arguments have different digests, and an approval is valid for one of them', async () => {
    const { start, answer, effects } = openAgent()
    const { asked } = await start([pay(1), pay(1)])
    expect(digestOf(asked[0])).not.toBe(digestOf(asked[1]))
    const swapped = { [asked[1]?.id ?? '']: { decisions: [{ type: 'approve' }], digest: digestOf(asked[0]) } }
    expect((await answer(swapped)).asked).toHaveLength(2)
    expect(effects).toEqual([])
  })

  test('are not all approved by an answer without an interrupt id', async () => {
    const { agent, start, config, effects } = openAgent()
    const { asked } = await start([pay(1), pay(2)])
    const bare = { decisions: [{ type: 'approve' }], digest: digestOf(asked[0]) }
    await agent.graph.invoke(new Command({ resume: bare }), config)
    expect(effects).not.toContain('paid 2')
  })
})

test.each(['helper', 'general-purpose'])(
  'calls of a subagent need approval only if it has the middleware: %s',
  async (subagent) => {
    const { start, answer, effects } = openAgent()
    const task = { name: 'task', args: { subagent_type: subagent, description: JSON.stringify([pay(1), pay(2)]) } }
    const { asked } = await start([task])
    // deepagents' own general-purpose subagent gets none of its parent's middleware: see defineAgent.
    if (subagent === 'general-purpose') return expect(effects).toEqual(['paid 1', 'paid 2'])
    expect(effects).toEqual([])
    const after = await answer({ ...approve(asked[0]) })
    expect(after.asked).toHaveLength(1)
    expect((await answer(reject(after.asked[0]))).said).toContain('paid 1 | No.')
    expect(effects).toEqual(['paid 1'])
  },
)

describe('an approval', () => {
  test('is valid for one execution: with the same answer at an older checkpoint the call asks again', async () => {
    const { agent, start, answer, config, effects } = openAgent()
    const { asked } = await start([pay(1)])
    const waiting = await agent.graph.getState(config)
    await answer(approve(asked[0]))
    const after = await answer(approve(asked[0]), waiting.config)
    expect(effects).toEqual(['paid 1'])
    expect(after.asked).toMatchObject([{ value: { approval: { because: expect.stringContaining('may have acted') } } }])
    expect(digestOf(after.asked[0])).not.toBe(digestOf(asked[0]))
  })

  test('is asked for again if its call began and has no result', async () => {
    let fails = true
    const { start, answer, again, effects } = openAgent({
      onPay: () => {
        if (fails) throw new Error('the machine is gone')
      },
    })
    const { asked } = await start([pay(1)])
    await answer(approve(asked[0])).catch(() => undefined)
    fails = false
    const after = await again()
    expect(effects).toEqual(['paid 1'])
    expect(after.asked).toMatchObject([{ value: { approval: { because: expect.stringContaining('may have acted') } } }])
    await answer(approve(after.asked[0]))
    expect(effects).toEqual(['paid 1', 'paid 1'])
  })

  test('is lost with the memory of its process, and the pending call asks again', async () => {
    const saver = new MemorySaver()
    const { asked } = await openAgent({ saver }).start([pay(1)])
    const { answer, effects } = openAgent({ saver })
    await new Promise((resolve) => setTimeout(resolve, 2))
    const after = await answer(approve(asked[0]))
    expect(effects).toEqual([])
    expect(after.asked).toHaveLength(1)
    await answer(approve(after.asked[0]))
    expect(effects).toEqual(['paid 1'])
  })
})

test.each([
  ['used', 'executed with this approval before'],
  ['expired', 'after the question had expired'],
  ['undecided', 'no person has approved it'],
] as const)('an approved call is not executed if the ledger returns "%s"', async (reason, words) => {
  const refused: string[] = []
  const ledger = changedLedger(() => ({
    begin: async () => reason,
    refuse: async (_call, _digest, why) => {
      refused.push(why)
    },
  }))
  const { start, answer, effects } = openAgent({ ledger })
  const { asked } = await start([pay(1)])
  expect((await answer(approve(asked[0]))).said).toContain(words)
  expect([effects, refused]).toEqual([[], [reason]])
})

describe('a call without an approval rule', () => {
  const look: Call = { name: 'look', args: { text: 'x' } }

  /** A ledger that keeps the results of `begin` and the outcomes of executions. */
  function recordedLedger() {
    const events: string[] = []
    const ledger = changedLedger((inner) => ({
      async begin(call, execution) {
        const begun = await inner.begin(call, execution)
        events.push(begun)
        return begun
      },
      async end(call, execution, outcome) {
        events.push(outcome)
        await inner.end(call, execution, outcome)
      },
    }))
    return { ledger, events }
  }

  test('is executed once if it is begun twice at the same time', async () => {
    const twice = createMiddleware({
      name: 'Twice',
      async wrapToolCall(request, handler) {
        const [first, second] = await Promise.allSettled([handler(request), handler(request)])
        expect(second).toMatchObject({ reason: { message: expect.stringContaining('at the same time') } })
        if (first.status === 'rejected') throw first.reason
        return first.value
      },
    })
    const { ledger, events } = recordedLedger()
    const { start, effects } = openAgent({ ledger, outer: [twice] })
    await start([look])
    expect(events).toEqual(['begun', 'used', 'done'])
    expect(effects).toEqual(['look x'])
  })

  test('needs approval if a middleware executes it again before the first execution has ended', async () => {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const slow = changedLedger((inner) => ({
      async end(call, execution, outcome) {
        if (execution.number === 1) await ended
        await inner.end(call, execution, outcome)
      },
    }))
    const impatient = createMiddleware({
      name: 'Impatient',
      async wrapToolCall(request, handler) {
        const first = Promise.resolve(handler(request))
        await expect.poll(() => effects).toEqual(['look x'])
        try {
          return await handler(request)
        } finally {
          end()
          await first
        }
      },
    })
    const { start, effects } = openAgent({ ledger: slow, outer: [impatient] })
    const { asked } = await start([look])
    expect(asked).toMatchObject([{ value: { approval: { because: expect.stringContaining('may have acted') } } }])
    expect(effects).toEqual(['look x'])
  })

  test('is not begun after its run was cancelled, and has no outcome if the run is cancelled during the call', async () => {
    const controller = new AbortController()
    const { ledger, events } = recordedLedger()
    const outcomes: Promise<unknown>[] = []
    const cancelling = createMiddleware({
      name: 'Cancelling',
      wrapToolCall: async (request, handler) => {
        if (request.toolCall.name === 'look') controller.abort()
        const executed = Promise.resolve(handler(request))
        outcomes.push(executed.catch(() => undefined))
        return executed
      },
    })
    const before = openAgent({ ledger, outer: [cancelling] })
    await expect(before.start([look], { signal: controller.signal })).rejects.toThrow()
    await Promise.all(outcomes)
    expect(outcomes).toHaveLength(1)
    expect(events).toEqual([])

    const stopping = new AbortController()
    const onPay = (): never => {
      stopping.abort()
      throw new Error('the line is cut')
    }
    const meanwhile = openAgent({ ledger, outer: [cancelling], rules: [], onPay })
    await expect(meanwhile.start([pay(1)], { signal: stopping.signal })).rejects.toThrow()
    await Promise.all(outcomes)
    expect(outcomes).toHaveLength(2)
    expect(events).toEqual(['begun'])
  })
})

describe('between question and answer', () => {
  const changed = (amount: () => number): AgentMiddleware =>
    createMiddleware({
      name: 'Changer',
      wrapToolCall: (request, handler) =>
        handler({ ...request, toolCall: { ...request.toolCall, args: { amount: amount() } } }),
    })

  test('a change of the arguments makes the approval invalid', async () => {
    let amount = 1
    const { start, answer, effects } = openAgent({ outer: [changed(() => amount)] })
    const { asked } = await start([pay(1)])
    amount = 82_000
    expect((await answer(approve(asked[0]))).said).toContain('its arguments have changed since')
    expect(effects).toEqual([])
  })

  async function redeployed(options: ApprovalsOptions) {
    const [saver, ledger]: [MemorySaver, ApprovalLedger] = [new MemorySaver(), createMemoryApprovalLedger()]
    const before = openAgent({ saver, ledger })
    const { asked } = await before.start([pay(1)])
    return { asked, ...openAgent({ saver, ledger, ...options }) }
  }

  test('the removal of the rule does not let a rejected call run', async () => {
    const { asked, answer, effects } = await redeployed({ rules: [] })
    await answer(reject(asked[0]))
    expect(effects).toEqual([])
  })

  test('the removal of the rule leaves an unanswered question open', async () => {
    const { again, effects } = await redeployed({ rules: [] })
    expect((await again()).asked).toHaveLength(1)
    expect(effects).toEqual([])
  })

  test('a change of the tenant makes the approval invalid', async () => {
    const { asked, answer, effects } = await redeployed({ tenantOf: () => 'other' })
    expect((await answer(approve(asked[0]))).asked).toHaveLength(1)
    expect(effects).toEqual([])
  })
})

describe('a run', () => {
  test.each([
    ['context', { context: { interruptOn: {}, rules: [], approvals: false } }],
    ['configurable', { configurable: { thread_id: 'thread', interruptOn: {}, rules: [], approvals: false } }],
  ])('can not disable approvals in its %s', async (_what, overrides) => {
    const { start, effects } = openAgent()
    expect((await start([pay(1)], overrides)).asked).toHaveLength(1)
    expect(effects).toEqual([])
  })

  test('can not avoid approvals by a forged tool call in the state', async () => {
    const { agent, start, again, config, effects } = openAgent()
    await start([note('x')])
    const forged = new AIMessage({ content: '', tool_calls: [{ ...pay(82_000), id: 'forged', type: 'tool_call' }] })
    await agent.graph.updateState(config, { messages: [forged] }, 'model_request')
    const { asked } = await again()
    expect(asked).toMatchObject([{ value: { actionRequests: [{ name: 'pay', args: { amount: 82_000 } }] } }])
    expect(effects).toEqual([])
  })
})

import { rmSync, writeFileSync } from 'node:fs'
import { isRecord } from '@hadal/middleware/unknown-value'
import type { Client, StreamMode } from '@langchain/langgraph-sdk'
import { describe, expect, test } from 'vitest'
import { auditOf, type ShownInterrupt, shownAmong } from '../fixtures/asked-questions.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { eventually } from '../fixtures/eventually.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const effects = effectsFiles()

type Interrupts = readonly { id?: string; value?: unknown }[]

const approve = { type: 'approve' }
const said = (calls: readonly object[]) => ({ messages: [{ role: 'user', content: JSON.stringify(calls) }] })
const ask = (question: string) => ({ name: 'ask', args: { question } })
const inSubagent = (calls: readonly object[]) => ({
  name: 'task',
  args: { subagent_type: 'helper', description: JSON.stringify(calls) },
})

const interruptsOf = (values: unknown): Interrupts =>
  isRecord(values) && Array.isArray(values.__interrupt__) ? values.__interrupt__ : []
const amountsOf = ({ value }: ShownInterrupt): unknown[] => value.actionRequests.map(({ args }) => args.amount)

/** A thread whose agent makes calls in one turn, of which some need an approval. */
async function asking(calls: (pay: (amount: number, more?: object) => object) => readonly object[]) {
  const { client } = server()
  const { path, lines, gate } = effects()
  const { thread_id: threadId } = await client.threads.create()
  const pay = (amount: number, more: object = {}) => ({ name: 'pay', args: { file: path, amount, ...more } })
  const values = await client.runs.wait(threadId, 'guarded', { input: said(calls(pay)) })
  const shown = async (): Promise<ShownInterrupt> => {
    const [one, ...others] = shownAmong(Object.values((await client.threads.get(threadId)).interrupts).flat())
    if (!one || others.length > 0) throw new Error(`Thread ${threadId} must show exactly one interrupt.`)
    return one
  }
  const resume = (answer: unknown) => client.runs.wait(threadId, 'guarded', { command: { resume: answer } })
  return { client, threadId, values, lines, path, gate, shown, resume }
}

/** The interrupts of a thread in each place where clients read them. */
async function everywhere(client: Client, threadId: string, values: unknown): Promise<Record<string, Interrupts>> {
  const { interrupts } = await client.threads.get(threadId)
  const [found] = await client.threads.search({ ids: [threadId] })
  const state = await client.threads.getState(threadId)
  const [newest] = await client.threads.getHistory(threadId, { limit: 1 })
  const [run] = await client.runs.list(threadId)
  return {
    thread: Object.values(interrupts).flat(),
    search: Object.values(found?.interrupts ?? {}).flat(),
    state: state.tasks.flatMap((task) => task.interrupts),
    'state at its checkpoint': (await client.threads.getState(threadId, state.checkpoint)).tasks.flatMap(
      (task) => task.interrupts,
    ),
    history: newest?.tasks.flatMap((task) => task.interrupts) ?? [],
    wait: interruptsOf(values),
    join: interruptsOf(await client.runs.join(threadId, run?.run_id ?? '')),
  }
}

describe('calls that wait for an approval are one interrupt', () => {
  test.each([
    ['in their order', (pay: (amount: number) => object) => [1, 2, 3].map((amount) => pay(amount))],
    ['of parallel subagents', (pay: (amount: number) => object) => [[1, 2], [3]].map((of) => inSubagent(of.map(pay)))],
    ['of an agent and its subagent', (pay: (amount: number) => object) => [pay(1), inSubagent([pay(2), pay(3)])]],
  ])('%s, alike in every place', async (_what, calls) => {
    const { client, threadId, values, shown, resume, lines } = await asking(calls)
    const { id, value } = await shown()
    for (const [place, interrupts] of Object.entries(await everywhere(client, threadId, values)))
      expect([place, interrupts]).toEqual([place, [{ id, value }]])
    expect(amountsOf({ id, value })).toEqual([1, 2, 3])
    const expiries = value.approval.calls.map(({ expiresAt }) => expiresAt).toSorted()
    expect(value.approval.expiresAt).toBe(expiries[0])
    await resume({ [id]: { decisions: [approve, { type: 'reject', message: 'No.' }, approve] } })
    expect(lines().toSorted()).toEqual(['paid 1', 'paid 3'])
    expect(await client.threads.get(threadId)).toMatchObject({ status: 'idle', interrupts: {} })
  })

  test("at the last task that waits, and the agent's own interrupts keep their tasks", async () => {
    const { client, threadId, values, resume, lines } = await asking((pay) => [
      pay(1),
      ask('colour'),
      pay(2),
      ask('size'),
    ])
    const question = (text: string) => ({ value: { question: text } })
    const both = { value: { actionRequests: [{ args: { amount: 1 } }, { args: { amount: 2 } }] } }
    const all = [question('colour'), question('size'), both]
    for (const [place, interrupts] of Object.entries(await everywhere(client, threadId, values)))
      expect([place, interrupts]).toMatchObject([place, all])
    const { tasks } = await client.threads.getState(threadId)
    expect(tasks.map(({ interrupts }) => interrupts.length)).toEqual([0, 1, 0, 2])
    const { interrupts } = await client.threads.get(threadId)
    expect(Object.values(interrupts).map((list) => list.length)).toEqual([1, 2])
    // Decisions without an id reach the calls only.
    await resume({ decisions: [approve, approve] })
    expect(lines().toSorted()).toEqual(['paid 1', 'paid 2'])
    const left = Object.values((await client.threads.get(threadId)).interrupts).flat()
    expect(left).toMatchObject([question('colour'), question('size')])
    await expect(resume({ decisions: [approve] })).rejects.toThrow('Send an object with an answer for each')
    await resume({ [left[0]?.id ?? '']: 'blue' })
    const late = resume({ decisions: [approve] })
    await expect(late).rejects.toThrow('409')
    await expect(late).rejects.toThrow('is a question of the agent')
    // An answer of null is an answer to this interrupt.
    const end = await resume({ [left[1]?.id ?? '']: null })
    expect(JSON.stringify(end)).toContain('answered null')
  })
})

describe('an answer', () => {
  test('to single calls by their id or digest leaves the others, which are shown by a new interrupt', async () => {
    const { threadId, client, shown, resume, lines } = await asking((pay) => [pay(1), pay(2), pay(3)])
    const before = await shown()
    const [first, second] = before.value.approval.calls
    await resume({ [second?.digest ?? '']: { decisions: [approve] } })
    const after = await shown()
    expect([amountsOf(after), after.id === before.id]).toEqual([[1, 3], false])
    await resume({ [after.id]: { decisions: [approve], digest: first?.digest } })
    expect(lines()).toEqual(['paid 2', 'paid 1'])
    const last = await shown()
    const { tasks } = await client.threads.getState(threadId)
    expect(tasks.flatMap(({ interrupts }) => interrupts)).toEqual([last])
    await resume({ decisions: [approve] })
    expect(lines()).toEqual(['paid 2', 'paid 1', 'paid 3'])
  })

  test('to an interrupt that shows other calls than those that wait is refused with 409 and the new id', async () => {
    const { shown, resume, threadId, lines } = await asking((pay) => [pay(1), pay(2)])
    const before = await shown()
    const [first] = before.value.approval.calls
    await resume({ [first?.id ?? '']: { decisions: [approve] } })
    const { id } = await shown()
    const decisions = [approve, approve]
    for (const stale of [
      { [before.id]: { decisions } },
      { [before.id]: { decisions: [approve] } },
      { decisions: [approve], digest: before.value.approval.digest },
    ]) {
      const late = resume(stale)
      await expect(late).rejects.toThrow('409')
      await expect(late).rejects.toThrow(id)
    }
    const wrongCount = resume({ decisions })
    await expect(wrongCount).rejects.toThrow('422')
    await expect(wrongCount).rejects.toThrow('has 2 decisions, and 1 calls wait')
    expect(lines()).toEqual(['paid 1'])
    expect((await auditOf(database(), threadId)).filter(({ event }) => event === 'approve')).toHaveLength(1)
  })

  test.each([
    [
      'two answers to one call',
      (id: string, own: string) => ({ [id]: { decisions: [approve] }, [own]: { decisions: [approve] } }),
      'two answers to the same call',
    ],
    ['an unknown field', (id: string) => ({ [id]: { decisions: [approve], digst: 'x' } }), 'Did you mean'],
    ['an unknown field of a decision', () => ({ decisions: [{ type: 'reject', mesage: 'no' }] }), 'Did you mean'],
    [
      'an unknown field of an edit',
      () => ({ decisions: [{ type: 'edit', edited_action: { name: 'pay', arguments: {} } }] }),
      'Its fields are: name, args',
    ],
    [
      'two different edits',
      () => ({
        decisions: [
          { type: 'edit', editedAction: { name: 'pay', args: {} }, edited_action: { name: 'pay', args: { a: 1 } } },
        ],
      }),
      'Send one of them',
    ],
    ['null', (id: string) => ({ [id]: null }), 'The answer has no list'],
    ['null for its own id', (_id: string, own: string) => ({ [own]: null }), 'The answer has no list'],
    ['a text', () => 'yes', 'The answer has no list'],
    ['an answer to an unknown id', () => ({ [`${'a'.repeat(32)}`]: 'yes' }), 'is not pending'],
  ])('with %s is refused with a sentence, and the question still waits', async (_what, answer, words) => {
    const { shown, resume, lines } = await asking((pay) => [pay(1)])
    const { id, value } = await shown()
    const refused = resume(answer(id, value.approval.calls[0]?.id ?? ''))
    await expect(refused).rejects.toThrow(words)
    await expect(refused).rejects.toThrow('422')
    expect([lines(), await shown()]).toEqual([[], { id, value }])
  })

  test.each([
    ['JavaScript', { editedAction: { name: 'pay' } }],
    ['Python', { edited_action: { name: 'pay' } }],
    ['both', { editedAction: { name: 'pay' }, edited_action: { name: 'pay' } }],
  ])('edits in the spelling of %s', async (_who, edit) => {
    const { resume, path, lines } = await asking((pay) => [pay(1)])
    const args = { file: path, amount: 5 }
    const filled = Object.fromEntries(Object.entries(edit).map(([name, action]) => [name, { ...action, args }]))
    await resume({ decisions: [{ type: 'edit', ...filled }] })
    expect(lines()).toEqual(['paid 5'])
  })

  test('is kept together with an update and a jump of the same command', async () => {
    const { client, threadId, shown, lines } = await asking((pay) => [pay(1)])
    const { id } = await shown()
    const update = { messages: [{ role: 'user', content: 'noted beside the answer' }] }
    await client.runs
      .wait(threadId, 'guarded', { command: { resume: { [id]: { decisions: [approve] } }, update } })
      .catch(() => undefined)
    expect(lines()).toEqual(['paid 1'])
    expect(JSON.stringify((await client.threads.getState(threadId)).values)).toContain('noted beside the answer')
  })
})

describe('a stream', () => {
  const shownIn = (events: readonly { event: string; data: unknown }[], mode: string): ShownInterrupt[][] =>
    events.filter(({ event }) => event === mode).map(({ data }) => shownAmong(interruptsOf(data)))

  async function streamed(calls: readonly object[], streamMode: StreamMode[], streamSubgraphs = false) {
    const { client } = server()
    const { thread_id: threadId } = await client.threads.create()
    const events: { event: string; data: unknown }[] = []
    const stream = client.runs.stream(threadId, 'guarded', { input: said(calls), streamMode, streamSubgraphs })
    for await (const { event, data } of stream) events.push({ event, data })
    return { client, threadId, events }
  }

  test.each([
    ['one turn', false],
    ['parallel subagents', true],
  ])(
    'shows the calls of %s as one interrupt, and a stream that is joined later has the same events',
    async (_what, deep) => {
      const { path } = effects()
      const pay = (amount: number) => ({ name: 'pay', args: { file: path, amount } })
      const calls = [1, 2].map((amount) => (deep ? inSubagent([pay(amount)]) : pay(amount)))
      const { client, threadId, events } = await streamed(calls, ['values', 'updates', 'tasks'], true)
      const thread = shownAmong(Object.values((await client.threads.get(threadId)).interrupts).flat())
      for (const mode of ['values', 'updates']) {
        expect([mode, shownIn(events, mode).flat().at(-1)]).toEqual([mode, thread[0]])
      }
      // Neither the subagents' events nor the tasks' show single calls.
      const ids = new Set(JSON.stringify(events).match(/"id":"[0-9a-f]{32}"(?=,"value")/g))
      const own = thread[0]?.value.approval.calls.map(({ id }) => `"id":"${id}"`) ?? []
      expect(own.filter((id) => ids.has(id))).toEqual([])
      const [run] = await client.runs.list(threadId)
      const again: { event: string; data: unknown }[] = []
      for await (const { event, data } of client.runs.joinStream(threadId, run?.run_id ?? '', { lastEventId: '-1' }))
        again.push({ event, data })
      expect(again).toEqual(events)
    },
  )

  test('has a new event when a parallel call asks later, and clients that add interrupts forget the one before', async () => {
    const { client } = server()
    const { path, gate: hold } = effects()
    writeFileSync(hold, '')
    const { thread_id: threadId } = await client.threads.create()
    const pay = (amount: number, more: object = {}) => ({ name: 'pay', args: { file: path, amount, ...more } })
    const input = said([pay(1), pay(2, { hold }), ask('colour')])
    const lists: Interrupts[] = []
    for await (const { event, data } of client.runs.stream(threadId, 'guarded', { input, streamMode: 'values' })) {
      if (event !== 'values' || !isRecord(data) || !('__interrupt__' in data)) continue
      lists.push(interruptsOf(data))
      const seen = lists.flat()
      if (shownAmong(seen).length > 0 && seen.length > shownAmong(seen).length) rmSync(hold, { force: true })
    }
    expect(shownAmong(lists.flat()).map(amountsOf)).toEqual([[1], [1, 2]])
    const reset = lists.findLastIndex((list) => list.length === 0)
    const thread = Object.values((await client.threads.get(threadId)).interrupts).flat()
    expect(lists.slice(reset + 1)).toEqual([thread.toSorted((a) => (shownAmong([a]).length > 0 ? 1 : -1))])
  })

  test('of an answer to one call shows the call that still waits', async () => {
    const { client, threadId, shown } = await asking((pay) => [pay(1), pay(2)])
    const [first] = (await shown()).value.approval.calls
    const command = { resume: { [first?.id ?? '']: { decisions: [approve] } } }
    const events: { event: string; data: unknown }[] = []
    for await (const { event, data } of client.runs.stream(threadId, 'guarded', { command, streamMode: 'values' }))
      events.push({ event, data })
    expect(shownIn(events, 'values').flat()).toEqual([await shown()])
  })
})

test('wait and join show the interrupt of a thread whose messages contain the word __interrupt__', async () => {
  const { client, threadId, values, shown } = await asking((pay) => [pay(1, { hold: '__interrupt__' })])
  expect(interruptsOf(values)).toEqual([await shown()])
  const [run] = await client.runs.list(threadId)
  expect(interruptsOf(await client.runs.join(threadId, run?.run_id ?? ''))).toEqual([await shown()])
})

test('while an answered call is executed, the thread and its state show no call that has an answer', async () => {
  const { client, threadId, shown, gate: hold, lines, path } = await asking((pay) => [pay(1)])
  const { id } = await shown()
  writeFileSync(hold, '')
  const edited = { type: 'edit', editedAction: { name: 'pay', args: { file: path, amount: 2, hold } } }
  const { run_id } = await client.runs.create(threadId, 'guarded', {
    command: { resume: { [id]: { decisions: [edited] } } },
  })
  await eventually(
    () => client.runs.get(threadId, run_id),
    ({ status }) => status !== 'pending',
  )
  const { tasks } = await client.threads.getState(threadId)
  expect(tasks.flatMap(({ interrupts }) => interrupts)).toEqual([])
  expect((await client.threads.get(threadId)).interrupts).toEqual({})
  expect((await client.threads.search({ ids: [threadId] }))[0]?.interrupts).toEqual({})
  rmSync(hold, { force: true })
  await client.runs.join(threadId, run_id)
  expect(lines()).toEqual(['paid 2'])
})

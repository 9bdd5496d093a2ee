import { field } from '@hadal/middleware/unknown-value'
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import type { ThreadState } from '@langchain/langgraph-sdk'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const databaseUrl = createDatabase()
const server = useTestServer(databaseUrl)
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: databaseUrl(), max: 2 })
})
afterAll(async () => pool?.end())

interface Values {
  readonly messages: { content: string; artifact?: unknown; type: string }[]
  readonly kept?: unknown
  readonly found?: unknown
}

const run = async (thread_id: string, kind: string, place = 'artifact', streamMode?: 'values'): Promise<Values> => {
  const { runs, threads } = server().client
  const input = { kind, place }
  if (streamMode) for await (const _ of runs.stream(thread_id, 'values', { input, streamMode }));
  else await runs.wait(thread_id, 'values', { input, raiseError: false })
  return (await threads.getState<Values>(thread_id)).values
}
const newThread = async (): Promise<string> => (await server().client.threads.create()).thread_id
const nested = (levels: number): unknown => (levels === 0 ? 'leaf' : { a: nested(levels - 1) })
const lookalike = { lc: 1, type: 'constructor', id: ['no', 'such', 'Thing'], kwargs: {} }

async function post(path: string, body: object): Promise<{ status: number; detail: unknown }> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server().url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const given: unknown = await response.json()
  return { status: response.status, detail: field(given, 'detail') }
}

describe('a value that a step writes into a thread', () => {
  test('is equal when the next run reads it', async () => {
    for (const place of ['artifact', 'kept']) {
      const thread = await newThread()
      await run(thread, 'bigint', place)
      expect(await run(thread, 'map', place)).toMatchObject({ found: { id: '[object BigInt]' } })
      const { found } = await run(thread, 'lookalike', place)
      expect(found).toEqual({ prices: '[object Map]' })
      await run(thread, 'just under', place)
      const { values } = await server().client.threads.getState<Values>(thread)
      expect(values.found).toEqual({
        lc: '[object Number]',
        type: '[object String]',
        id: '[object Array]',
        kwargs: '[object Object]',
      })
      if (place === 'artifact') {
        expect(values.messages.map(({ artifact }) => artifact)).toEqual([
          { id: '9007199254740993' },
          expect.anything(),
          lookalike,
          nested(46),
        ])
      } else expect(values.kept).toEqual(nested(46))
    }
  })

  test.each([
    ['function', 'a[0] is a function'],
    ['circular', 'is part of itself'],
    ['getter', 'broken throws when it is read: not now'],
    ['class', 'is an instance of Money, which is not declared'],
    ['deep', 'nests more than 50 levels'],
  ])('fails its run with the channel and the path if it cannot be stored: %s', async (kind, sentence) => {
    for (const [place, channel, mode] of [
      ['artifact', 'messages', undefined],
      ['kept', 'kept', 'values'],
      ['interrupt', '__interrupt__', undefined],
    ] as const) {
      // LangGraph's own interrupt() fails for these two.
      if (place === 'interrupt' && ['circular', 'getter'].includes(kind)) continue
      const thread = await newThread()
      await run(thread, 'plain', place === 'interrupt' ? 'kept' : place)
      const before = await server().client.threads.getState<Values>(thread)
      await run(thread, kind, place, mode)
      const [failed] = await server().client.runs.list(thread)
      expect(failed).toMatchObject({ status: 'error' })
      const message = field(field(await server().client.threads.get(thread), 'error'), 'message')
      expect(message, `${kind} in ${place}`).toContain(`The value of channel "${channel}" can't be saved: `)
      expect(message).toContain(sentence)
      const after = await server().client.threads.getState<Values>(thread)
      expect(after.values.kept ?? null).toEqual(before.values.kept ?? null)
      expect(await run(thread, 'plain', 'kept')).toMatchObject({ kept: { a: 1 } })
    }
  })

  test('may contain instances of a class that the agent declares', async () => {
    const { runs } = server().client
    const thread = await newThread()
    await runs.wait(thread, 'billing', { input: { messages: [{ role: 'user', content: 'What does it cost?' }] } })
    const later = await runs.wait(thread, 'billing', { input: { messages: [{ role: 'user', content: 'again' }] } })
    const messages: unknown = field(later, 'messages')
    expect(Array.isArray(messages) ? messages.at(-1) : messages).toMatchObject({ content: 'twice is 700' })
  })

  test('keeps U+0000 in the stored bytes, and has it replaced in the searchable copy', async () => {
    const thread = await newThread()
    await run(thread, 'nul', 'artifact')
    const { values } = await server().client.threads.getState<Values>(thread)
    expect(values.messages[0]).toMatchObject({ content: 'a\0b', artifact: 'a\0b' })
    const copy = (await server().client.threads.get<Values>(thread)).values
    expect(copy?.messages?.[0]?.content).toBe('a\ufffdb')
    await run(thread, 'plain', 'artifact')
    const later = await server().client.threads.getState<Values>(thread)
    expect(later.values.messages[0]?.content).toBe('a\0b')
  })
})

describe('what a client sends', () => {
  const deep = nested(60)
  const message = (fields: object) => ({ messages: [{ role: 'ai', content: 'x', ...fields }] })
  const withMetadata = { assistant_id: 'values', metadata: { deep } }

  test.each([
    ['additional_kwargs', 'runs', { input: message({ additional_kwargs: { deep } }) }, 'input.messages[0].additional_'],
    [
      'the arguments of a call',
      'runs',
      { input: message({ tool_calls: [{ args: deep }] }) },
      'input.messages[0].tool_',
    ],
    [
      'a content block',
      'runs/wait',
      { input: message({ content: [{ type: 'x', deep }] }) },
      'input.messages[0].content',
    ],
    ['an artifact', 'runs/stream', { input: message({ artifact: deep }) }, 'input.messages[0].artifact'],
    ['a plain channel', 'runs', { input: { kept: deep } }, 'input.kept'],
    ['command.update', 'runs', { command: { update: { kept: deep } } }, 'command.update.kept'],
    ['command.resume', 'runs', { command: { resume: deep } }, 'command.resume'],
    ['command.goto', 'runs', { command: { goto: { node: 'write', input: deep } } }, 'command.goto.input'],
    ['the metadata of a run', 'runs', withMetadata, 'metadata.deep'],
    ['an update of the state', 'state', { values: { kept: deep } }, 'values.kept'],
  ])('is refused with its path if it nests too deep, and nothing is written: %s', async (_name, path, body, place) => {
    const thread = await newThread()
    await run(thread, 'plain')
    const before = await server().client.threads.getHistory(thread)
    const full = path === 'state' ? body : { assistant_id: 'values', ...body }
    const { status, detail } = await post(`/threads/${thread}/${path}`, full)
    expect({ status, detail }).toEqual({ status: 422, detail: expect.stringContaining(place) })
    expect(detail).toContain('levels')
    expect(await server().client.threads.getHistory(thread)).toEqual(before)
    expect(await server().client.runs.list(thread)).toHaveLength(1)
  })

  test.each([
    ['input', { input: message({ content: 'a\0b\ud800' }) }, {}],
    ['config', { config: { tags: ['a\0b\ud800', '\\u0000'] } }, { config: { tags: ['a\ufffdb\ufffd', '\\u0000'] } }],
    ['a key of context', { context: { 'a\0b\ud800': 1 } }, { context: { 'a\ufffdb\ufffd': 1 } }],
  ])(
    'does not prevent the thread from being read and found if it has U+0000 or a lone surrogate: %s',
    async (_name, body, shown) => {
      const { threads } = server().client
      const thread_id = await newThread()
      expect((await post(`/threads/${thread_id}/runs`, { assistant_id: 'values', ...body })).status).toBe(200)
      const expected = { thread_id, ...shown }
      expect(await threads.get(thread_id)).toMatchObject(expected)
      expect(await threads.search({ ids: [thread_id], extract: { tags: 'config.tags' } })).toMatchObject([expected])
    },
  )

  test('is equal when it is read, just below the maximum depth, and if it looks like a serialized LangChain object', async () => {
    const { runs, threads } = server().client
    const thread = await newThread()
    const input = { ...message({ additional_kwargs: nested(46), artifact: 1 }), kept: lookalike, kind: 'plain' }
    await runs.wait(thread, 'values', { input })
    await threads.updateState(thread, { values: { kept: [lookalike, 'a\0b'] }, asNode: 'write' })
    const { values } = await threads.getState<Values>(thread)
    expect(values.messages[0]).toMatchObject({ additional_kwargs: nested(46) })
    expect(values.kept).toEqual([lookalike, 'a\0b'])
  })
})

describe('a thread with a value that cannot be read', () => {
  /** Inserts a checkpoint after the newest one, with a value as the previous release wrote it. */
  async function writtenBefore(thread_id: string, messages: unknown): Promise<string> {
    const saver = new PostgresSaver(pool)
    const configurable = { thread_id, checkpoint_ns: '' }
    const tuple = await saver.getTuple({ configurable })
    if (!tuple) throw new Error('The thread has no checkpoint.')
    const id = `${tuple.checkpoint.id.slice(0, -4)}ffff`
    const version = 9_000 + Math.random()
    const checkpoint = {
      ...tuple.checkpoint,
      id,
      channel_values: { ...tuple.checkpoint.channel_values, messages },
      channel_versions: { ...tuple.checkpoint.channel_versions, messages: version },
    }
    await saver.put(tuple.config, checkpoint, { source: 'loop', step: 7, parents: {} }, { messages: version })
    return id
  }
  const artifact = (value: unknown): ToolMessage[] => [
    new ToolMessage({ content: 'ok', tool_call_id: 'c', id: 'm', artifact: value }),
  ]

  test('because of a class of the previous release is read as plain data, and continues', async () => {
    for (const [value, shown] of [
      [artifact({ of: [lookalike] }), { artifact: { of: [lookalike] } }],
      [artifact(nested(60)), { artifact: nested(60) }],
      [[new HumanMessage({ content: 'x', additional_kwargs: { deep: nested(200) } })], { content: 'x' }],
      [[lookalike], lookalike],
    ] as const) {
      const thread = await newThread()
      await run(thread, 'plain', 'kept')
      await writtenBefore(thread, value)
      await expect(new PostgresSaver(pool).getTuple({ configurable: { thread_id: thread } })).rejects.toThrow()
      const { values } = await server().client.threads.getState<Values>(thread)
      expect(values.messages).toMatchObject([shown])
      expect(await run(thread, 'plain', 'kept')).toMatchObject({ kept: { a: 1 } })
    }
    const metrics = await (await fetch(`http://127.0.0.1:${server().metricsPort}/metrics`)).text()
    expect(metrics.match(/^state_unknown_classes_total .*$/m)?.[0]).toMatch(/ [1-9]/)
  })

  test('has its error in the history, and can be read, forked and continued from an older checkpoint', async () => {
    const { threads, runs } = server().client
    const thread = await newThread()
    await run(thread, 'plain')
    const [good] = await threads.getHistory(thread)
    const bad = await writtenBefore(thread, artifact(1))
    await pool.query(
      `UPDATE checkpoint_blobs SET blob = convert_to('[{"lc":1,', 'UTF8') WHERE thread_id = $1 AND channel = 'messages' AND version LIKE '900%'`,
      [thread],
    )
    const checkpointId = good?.checkpoint.checkpoint_id ?? ''
    const history: (ThreadState & { error?: string })[] = await threads.getHistory(thread)
    expect(history[0]?.checkpoint.checkpoint_id).toBe(bad)
    expect(history[0]?.error).toContain('The value of channel "messages" can\'t be read')
    expect(history[1]).toEqual(good)
    expect(history.slice(1).every(({ error }) => error === undefined)).toBe(true)
    for (const checkpoint of [undefined, bad]) {
      const refusal = threads.getState(thread, checkpoint)
      await expect(refusal).rejects.toThrow(/409.*Checkpoint .* can't be read.*older checkpoint/)
    }
    expect(await threads.getState(thread, checkpointId)).toEqual(good)
    const failed = await runs.wait(thread, 'values', { input: { kind: 'plain' }, raiseError: false })
    expect(failed).toMatchObject({ __error__: { message: expect.stringContaining('older checkpoint') } })
    await expect(threads.updateState(thread, { values: { kept: 2 }, asNode: 'write' })).rejects.toThrow('422')
    await threads.copy(thread)
    await threads.updateState(thread, { values: { kept: 2 }, asNode: 'write', checkpointId })
    expect((await threads.getState<Values>(thread)).values).toMatchObject({ kept: 2, messages: [{ content: 'ok' }] })
    expect(await run(thread, 'plain', 'kept')).toMatchObject({ kept: { a: 1 } })
    await threads.delete(thread)
    await expect(threads.get(thread)).rejects.toThrow('404')
  })

  test('can be continued by a run from an older checkpoint', async () => {
    const { threads, runs } = server().client
    const thread = await newThread()
    await run(thread, 'plain')
    const [good] = await threads.getHistory(thread)
    await writtenBefore(thread, '[unable to serialize, circular reference is too complex to analyze]')
    await pool.query("UPDATE checkpoint_blobs SET type = 'msgpack' WHERE thread_id = $1 AND version LIKE '900%'", [
      thread,
    ])
    const checkpointId = good?.checkpoint.checkpoint_id ?? undefined
    const values = await runs.wait(thread, 'values', { input: { kind: 'map', place: 'artifact' }, checkpointId })
    expect(values).toMatchObject({ messages: [{ content: 'ok' }, { content: 'ok' }], found: { a: '[object Number]' } })
    const states: (ThreadState & { error?: string })[] = await threads.getHistory(thread)
    expect(states.filter(({ error }) => error?.includes('msgpack'))).toHaveLength(1)
  })
})

import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { field } from '@hadal/middleware/unknown-value'
import { describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const database = createDatabase()
const server = useTestServer(database)
const clumsy = useTestServer(database, {
  AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/ending-agents/langgraph.json'),
})
const say = (content: string) => ({ messages: [{ role: 'user', content }] })

interface Answer {
  readonly status: number
  readonly ignored: string | null
  readonly body: unknown
}

async function post(path: string, sent: object): Promise<Answer> {
  const answer = await fetch(server().url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ assistant_id: 'echo', input: say('hello'), ...sent }),
  })
  return { status: answer.status, ignored: answer.headers.get('hadal-ignored-fields'), body: await answer.json() }
}

const events = async (path: string): Promise<string[]> => {
  const text = await (await fetch(server().url + path)).text()
  return [...text.matchAll(/^event: (.*)$/gm)].map(([, name = '']) => name)
}

describe('a run on a thread and one without take', () => {
  const sent: [string, object, string | null][] = [
    ['durability exit', { durability: 'exit' }, null],
    ['durability async', { durability: 'async' }, null],
    ['checkpoint_during false', { checkpoint_during: false }, null],
    ['webhook null', { webhook: null }, null],
    [
      'a name, metadata and a concurrency in config',
      { config: { run_name: 'a', metadata: { b: 1 }, max_concurrency: 2 } },
      null,
    ],
    ['if_not_exists and multitask_strategy', { if_not_exists: 'create', multitask_strategy: 'enqueue' }, null],
    ['feedback_keys', { feedback_keys: ['a'] }, 'feedback_keys'],
    ['no feedback_keys', { feedback_keys: [] }, null],
    ['langsmith_tracer', { langsmith_tracer: { project_name: 'p' } }, 'langsmith_tracer'],
    [
      'the configuration of a graph that calls another one',
      { config: { configurable: { run_id: 'x', graph_id: 'x', assistant_id: 'x', __pregel_resuming: true } } },
      'config.configurable.run_id, config.configurable.graph_id, config.configurable.assistant_id, config.configurable.__pregel_resuming',
    ],
    ['the name of no checkpoint', { config: { configurable: { checkpoint_id: null, checkpoint_ns: '' } } }, null],
    [
      'a command as LangGraph writes it',
      { input: null, command: { lg_name: 'Command', graph: null, update: say('x'), goto: [] } },
      null,
    ],
  ]
  test.each(sent)('%s', async (_what, fields, ignored) => {
    const onThread = await post(`/threads/${randomUUID()}/runs/wait`, { if_not_exists: 'create', ...fields })
    expect(onThread).toMatchObject({ status: 200, ignored })
    expect(onThread.body).toMatchObject({ messages: expect.any(Array) })
    expect(await post('/runs/wait', fields)).toMatchObject({ status: 200 })
  })

  test('a webhook only once the server sends some', async () => {
    const answer = await post('/runs', { webhook: 'https://example.com/hook' })
    expect(answer).toMatchObject({ status: 422, body: { detail: expect.stringContaining('sends no webhooks yet') } })
  })
})

test('the node of a Send that LangGraph wrote gets its arguments', async () => {
  const { client } = server()
  const { thread_id } = await client.threads.create()
  await client.runs.wait(thread_id, 'questions', { input: { questions: [] } })
  const goto = { lg_name: 'Send', node: 'ask', args: { question: 'colour' } }
  const { body } = await post(`/threads/${thread_id}/runs/wait`, {
    assistant_id: 'questions',
    input: null,
    command: { goto },
  })
  expect(body).toMatchObject({ __interrupt__: [{ value: { question: 'colour' } }] })
})

test('config.metadata and config.run_name reach the graph', async () => {
  const parts = await collected(
    server().client.runs.stream(null, 'echo', {
      input: say('hello'),
      streamMode: 'events',
      config: Object.assign({ tags: ['a'] }, { metadata: { origin: 'a test' }, run_name: 'named' }),
    }),
  )
  const started = parts.find(({ event, data }) => event === 'events' && field(data, 'event') === 'on_chain_start')
  expect(started?.data).toMatchObject({ name: 'named', tags: ['a'], metadata: { origin: 'a test' } })
})

describe('a stream', () => {
  test('of no mode has the values', async () => {
    const parts = await collected(server().client.runs.stream(null, 'echo', { input: say('x'), streamMode: [] }))
    expect(parts.map(({ event }) => event)).toContain('values')
  })

  test('is joined by the modes of a repeated parameter, of a JSON text, and of none at all', async () => {
    const { client } = server()
    const { thread_id } = await client.threads.create()
    const streamMode = ['values', 'updates', 'tasks'] as const
    const { run_id } = await client.runs.create(thread_id, 'echo', { input: say('x'), streamMode: [...streamMode] })
    const path = `/threads/${thread_id}/runs/${run_id}/stream`
    const all = new Set(['metadata', ...streamMode])
    const two = new Set(['metadata', 'values', 'updates'])
    const json = encodeURIComponent('["values","updates"]')
    expect(new Set(await events(`${path}?stream_mode=values&stream_mode=updates`))).toEqual(two)
    expect(new Set(await events(`${path}?stream_mode=${json}`))).toEqual(two)
    expect(new Set(await events(`${path}?stream_mode=&cancel_on_disconnect=false`))).toEqual(all)
    expect(new Set(await events(`${path}?stream_mode=${encodeURIComponent('[]')}`))).toEqual(all)
    expect(new Set(await events(`${path}?cancel_on_disconnect=0&checkpoint_id=x`))).toEqual(all)
    const unknown = await fetch(`${server().url}${path}?stream_mode=loud`)
    expect([unknown.status, await unknown.text()]).toEqual([422, expect.stringContaining('stream_mode.0')])
  })

  test('of tools has the start, the end and the error of each call, without stacks', async () => {
    const { client } = clumsy()
    const calls = async (agent: string, asked: string): Promise<unknown[]> => {
      const { thread_id } = await client.threads.create()
      const parts = await collected(client.runs.stream(thread_id, agent, { input: say(asked), streamMode: ['tools'] }))
      return parts.flatMap(({ event, data }) => (event === 'tools' ? [data] : []))
    }
    expect(await calls('clumsy', 'nothing')).toMatchObject([
      {
        event: 'on_tool_start',
        name: 'fail',
        toolCallId: expect.stringMatching(/^call_/),
        input: expect.stringContaining('nothing'),
      },
      { event: 'on_tool_end', name: 'fail', toolCallId: expect.stringMatching(/^call_/), output: { type: 'tool' } },
    ])
    const failed = await calls('strict', 'error')
    expect(failed).toMatchObject([
      { event: 'on_tool_start', name: 'fail' },
      { event: 'on_tool_error', name: 'fail', error: { error: 'RangeError', message: 'The shop is closed.' } },
    ])
    expect(JSON.stringify(failed)).not.toContain('    at ')
    // A tool that asks a person has not failed.
    expect(await calls('clumsy', 'ask')).toMatchObject([{ event: 'on_tool_start', name: 'fail' }])
  })

  test('of every mode with subgraphs names the subgraph of each event', async () => {
    const { client } = server()
    for (const streamMode of [
      'values',
      'updates',
      'tasks',
      'checkpoints',
      'debug',
      'messages-tuple',
      'tools',
    ] as const) {
      const { thread_id } = await client.threads.create()
      const options = { input: say('go on'), streamMode: [streamMode], streamSubgraphs: true }
      const names = (await collected(client.runs.stream(thread_id, 'deep', options))).map(({ event }) => String(event))
      const mode = streamMode === 'messages-tuple' ? 'messages' : streamMode
      expect([mode, names.some((name) => name.startsWith(`${mode}|tools:`))]).toEqual([mode, true])
      expect([mode, names.filter((name) => name !== 'metadata' && !name.startsWith(mode))]).toEqual([mode, []])
    }
  })
})

test('a stream of custom events has those of subgraphs, with their namespaces', async () => {
  const options = { input: { city: 'Busan' }, streamMode: ['custom' as const], streamSubgraphs: true }
  const parts = await collected(server().client.runs.stream(null, 'trips', options))
  expect(parts.slice(1)).toMatchObject([
    { event: expect.stringMatching(/^custom\|booking:/), data: { checked: 'Busan' } },
  ])
})

describe('kwargs of a run', () => {
  const options = {
    input: say('x'),
    config: { tags: ['a'], configurable: { colour: 'blue' } },
    context: { size: 1 },
    streamMode: ['values', 'updates'] as ('values' | 'updates')[],
    interruptBefore: ['echo'],
  }
  const kwargs = {
    input: options.input,
    command: null,
    config: { tags: ['a'], configurable: { colour: 'blue', graph_id: 'echo' } },
    context: { size: 1 },
    stream_mode: ['values', 'updates'],
    interrupt_before: ['echo'],
    subgraphs: false,
  }

  test('are what the client asked for, in every answer with the run', async () => {
    const { client, url } = server()
    const { thread_id } = await client.threads.create()
    const created = await client.runs.create(thread_id, 'echo', options)
    const read = await client.runs.get(thread_id, created.run_id)
    const [listed] = await client.runs.list(thread_id)
    const [selected] = await client.runs.list(thread_id, { select: ['run_id', 'kwargs'] })
    for (const run of [created, read, listed, selected]) expect(run).toMatchObject({ kwargs })
    expect(Object.keys(selected ?? {})).toEqual(['run_id', 'kwargs'])
    expect(JSON.stringify(read)).not.toContain('traceparent')
    const json = encodeURIComponent('["run_id","status"]')
    const old: unknown = await (await fetch(`${url}/threads/${thread_id}/runs?select=${json}`)).json()
    expect(old).toEqual([{ run_id: created.run_id, status: expect.any(String) }])
  })

  test('are in the answer of a run without a thread', async () => {
    expect(await server().client.runs.create(null, 'echo', options)).toMatchObject({ kwargs })
  })
})

import { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from '../fixtures/trace-receiver.ts'

const database = createDatabase()
let receiver: TraceReceiver

beforeAll(async () => {
  receiver = await startTraceReceiver()
})
afterAll(() => receiver.stop())

/** `traceparent` header of a client with tracing. */
const caller = (traceId: string, flags: '00' | '01') => `00-${traceId}-00f067aa0ba902b7-${flags}`

interface Traced {
  readonly spans: readonly ReceivedSpan[]
  readonly logged: readonly Record<string, unknown>[]
  readonly threadId: string
  readonly runId: string | undefined
}

/** Executes one run on a new server, which sends the run's spans when it stops. */
async function traced(graph: string, input: unknown, ratio: string, traceparent?: string): Promise<Traced> {
  const before = receiver.spans.length
  const server = await startTestServer(database(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.endpoint}/`,
    OTEL_TRACES_SAMPLER_ARG: ratio,
  })
  const client = new Client({
    apiUrl: server.url,
    apiKey: null,
    defaultHeaders: traceparent === undefined ? {} : { traceparent },
    callerOptions: { maxRetries: 0 },
  })
  try {
    const { thread_id } = await server.client.threads.create()
    await fetch(`${server.url}/health`)
    await client.runs.wait(thread_id, graph, { input: input as Record<string, unknown>, raiseError: false })
    const [run] = await server.client.runs.list(thread_id)
    await server.drain()
    return { spans: receiver.spans.slice(before), logged: server.logged, threadId: thread_id, runId: run?.run_id }
  } catch (error) {
    await server.drain()
    throw error
  }
}

const input = { messages: [{ role: 'user', content: 'a secret question' }] }

describe('a run that is traced', () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  let run: Traced
  const named = (name: string): ReceivedSpan[] => run.spans.filter((span) => span.name === name)
  const one = (name: string): ReceivedSpan => {
    const [found, ...others] = named(name)
    if (!found || others.length > 0) throw new Error(`There are ${others.length + (found ? 1 : 0)} spans "${name}".`)
    return found
  }
  /** Returns the names of a span's ancestors, from its parent to the outermost. */
  const above = (span: ReceivedSpan): string[] => {
    const parent = run.spans.find(({ spanId }) => spanId === span.parentSpanId)
    return parent ? [parent.name, ...above(parent)] : []
  }

  beforeAll(async () => {
    run = await traced('deep', input, '0', caller(traceId, '01'))
  })

  test("is a child span of its request, which is a child of the caller's span", () => {
    const request = one('POST /threads/:thread_id/runs/wait')
    expect(request).toMatchObject({ traceId, parentSpanId: '00f067aa0ba902b7', kind: 2 })
    expect(request.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/threads/:thread_id/runs/wait',
      'http.response.status_code': 200,
    })
    const agent = one('invoke_agent deep')
    expect(agent).toMatchObject({ traceId, parentSpanId: request.spanId, status: 0 })
    expect(agent.attributes).toEqual({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'deep',
      'gen_ai.conversation.id': run.threadId,
      'hadal.run.id': run.runId,
      'hadal.run.attempt': 1,
      'hadal.tenant': 'default',
    })
    expect(agent.resource).toMatchObject({ 'service.name': 'deep-agents' })
  })

  test('has a span for each model call and tool call, those of a subagent below the tool that called it', () => {
    const chats = named('chat unknown')
    expect(chats).toHaveLength(5)
    expect(chats[0]?.kind).toBe(3)
    expect(chats[0]?.attributes).toMatchObject({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'unknown' })
    const task = ['execute_tool task', 'invoke_agent deep', 'POST /threads/:thread_id/runs/wait']
    const below = chats.filter((chat) => above(chat).includes('execute_tool task'))
    expect(below.map(above)).toEqual([
      ['invoke_agent general-purpose', ...task],
      ['invoke_agent general-purpose', ...task],
    ])
    const notes = named('execute_tool note')
    expect(notes.map(({ attributes }) => attributes['gen_ai.tool.call.id']).sort()).toEqual(['call_note', 'call_sub'])
    expect(notes.map((note) => above(note).includes('execute_tool task')).sort()).toEqual([false, true])
  })

  test('contains no content: no message, no argument, no result', () => {
    const sent = Buffer.concat(receiver.bodies).toString('latin1')
    for (const content of ['a secret question', 'noted', 'delegated', 'All is done', '/important'])
      expect(sent).not.toContain(content)
  })

  test('has its trace id in every log line about the run', () => {
    const lines = run.logged.filter(({ run_id }) => run_id === run.runId)
    const events = new Set(lines.map(({ event }) => event))
    for (const event of ['run_start', 'llm_request_start', 'llm_request_complete', 'run_end'])
      expect(events).toContain(event)
    const ids = { thread_id: run.threadId, tenant: 'default', trace_id: traceId }
    for (const line of lines) expect(line).toMatchObject(ids)
  })

  test('has no spans of probes', () => {
    expect(run.spans.filter(({ name }) => name.includes('health'))).toEqual([])
  })
})

test('the span of a failed run has the kind of the error without its message', async () => {
  const { spans } = await traced('steps', { steps: 1, failAt: 1 }, '1')
  const agent = spans.find(({ name }) => name === 'invoke_agent steps')
  expect(agent).toMatchObject({ status: 2, attributes: { 'error.type': 'RangeError' } })
  expect(Buffer.concat(receiver.bodies).toString('latin1')).not.toContain('step 1 fails')
})

test.for([
  ['the caller does not record its own', '1', caller('a'.repeat(32), '00'), false],
  ['the share of recorded traces is 0', '0', undefined, false],
  ['the share of recorded traces is 1', '1', undefined, true],
  ['the caller records its own, at every share', '0', caller('b'.repeat(32), '01'), true],
  ['the caller sends nonsense, and the share is 1', '1', 'nonsense', true],
] as const)('whether a run is recorded, when %s: %s, %s, %s', async ([, ratio, traceparent, recorded]) => {
  const { spans } = await traced('echo', input, ratio, traceparent)
  expect(spans.some(({ name }) => name === 'invoke_agent echo')).toBe(recorded)
})

/** Executes a run on a server that sends spans to the endpoint. @returns messages of the run, and log lines about lost spans */
async function runWithSpansTo(endpoint: string): Promise<{ values: unknown; lost: Record<string, unknown>[] }> {
  const server = await startTestServer(database(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_TRACES_SAMPLER_ARG: '1',
  })
  const values = await server.client.runs.wait(null, 'echo', { input }).finally(() => server.drain())
  return { values, lost: server.logged.filter(({ event }) => event === 'traces_lost') }
}

const answered = { messages: [expect.anything(), expect.objectContaining({ content: 'You said: a secret question' })] }

test('an unavailable collector loses spans but no run, and does not block the server', async () => {
  const away = await startTraceReceiver()
  away.stop()
  expect((await runWithSpansTo(away.endpoint)).values).toMatchObject(answered)
})

test('a collector that rejects spans loses no run, and the log reports it', async () => {
  // The receiver rejects other paths.
  const { values, lost } = await runWithSpansTo(`${receiver.endpoint}/elsewhere`)
  expect(values).toMatchObject(answered)
  expect(lost.length).toBeGreaterThan(0)
  expect(lost[0]).toMatchObject({ level: 'warn', reason: expect.stringContaining('415') })
})

import { join } from 'node:path'
import { MessageTupleManager } from '@langchain/langgraph-sdk/ui'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { useProviderServer } from '../fixtures/provider/provider-server.ts'
import type { Asked, Fault } from '../fixtures/provider/turn.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const databaseUrl = createDatabase()
const provider = useProviderServer()
const answer = 'An answer of three sentences. It is here. It ends.'

const apis = {
  messages: { name: 'anthropic:claude-sonnet-5', fallback: 'openai:gpt-5.6', id: 'claude-sonnet-5', other: 'gpt-5.6' },
  'chat-completions': {
    name: 'openai:gpt-5.6',
    fallback: 'anthropic:claude-sonnet-5',
    id: 'gpt-5.6',
    other: 'claude-sonnet-5',
  },
  responses: { name: 'openai:gpt-5.6', fallback: 'anthropic:claude-sonnet-5', id: 'gpt-5.6', other: 'claude-sonnet-5' },
} as const

const status = (code: number, type: string, message: string, headers = {}): Fault => ({
  kind: 'status',
  status: code,
  type,
  message,
  headers,
})
const once =
  (fault: Fault) =>
  (_asked: Asked, nth: number): Fault | undefined =>
    nth === 1 ? fault : undefined
const always = (fault: Fault) => (): Fault => fault

interface Case {
  readonly title: string
  readonly fault: (asked: Asked, nth: number) => Fault | undefined
  /** Number of requests that the provider of the agent's model receives. */
  readonly requests: number
  /** Which model answers the run, or the error of the run. */
  readonly by: 'model' | 'fallback' | { readonly error: string }
  /** Kind of the failure in the metrics; undefined if none is counted. */
  readonly kind?: string
}

/** A failure that passes: the second request to the model succeeds. */
const passing = (title: string, fault: Fault, kind = 'unavailable'): Case => ({
  title,
  fault: once(fault),
  requests: 2,
  by: 'model',
  kind,
})
/** A failure for which the model is not asked again, because another request would fail, too. */
const lasting = (title: string, fault: Fault, kind: string, by: Case['by'] = 'fallback'): Case => ({
  title,
  fault: always(fault),
  requests: 1,
  by,
  kind,
})
const body = (contentType: string, text: string): Fault => ({ kind: 'body', contentType, body: text })
const refused = { error: 'ModelRequestRefused' }

const cases: readonly Case[] = [
  passing('429 with retry-after', status(429, 'rate_limit_error', 'Slow down', { 'retry-after': '1' }), 'rate-limited'),
  lasting(
    '429 with a retry-after of an hour',
    status(429, 'rate_limit_error', 'Slow down', { 'retry-after': '3600' }),
    'rate-limited',
  ),
  passing('429 without retry-after', status(429, 'rate_limit_error', 'Slow down'), 'rate-limited'),
  {
    title: '529 that lasts',
    fault: always(status(529, 'overloaded_error', 'Overloaded')),
    requests: 3,
    by: 'fallback',
    kind: 'unavailable',
  },
  passing('500 once', status(500, 'api_error', 'Oh')),
  lasting(
    'a spend limit with status 400',
    status(400, 'invalid_request_error', 'Your credit balance is too low to access the API.'),
    'spend-limit',
  ),
  lasting(
    'a spend limit with status 429',
    status(429, 'insufficient_quota', 'You exceeded your current quota, please check your plan.'),
    'spend-limit',
  ),
  lasting('401', status(401, 'authentication_error', 'invalid x-api-key sk-plant'), 'credentials'),
  lasting('404', status(404, 'not_found_error', 'model: what'), 'no-such-model'),
  lasting('400', status(400, 'invalid_request_error', 'messages: too odd'), 'refused', refused),
  lasting('413', status(413, 'request_too_large', 'too large'), 'refused', refused),
  passing('no first byte', { kind: 'silent' }),
  passing('a stall between tokens', { kind: 'stall' }),
  passing('a truncated stream', { kind: 'cut' }),
  passing('a connection that breaks', { kind: 'reset' }),
  passing('an error after 200', { kind: 'error-event' }),
  { title: 'an answer without a stream', fault: always({ kind: 'whole' }), requests: 1, by: 'model' },
  lasting("a login page instead of the model's answer", body('text/html', '<html>Sign in</html>'), 'no-such-model'),
  passing('an empty body with status 200', body('application/json', '')),
  lasting(
    'a refusal with status 200',
    body('application/json', '{"error":{"type":"authentication_error","message":"no"}}'),
    'credentials',
  ),
  { title: 'a slow answer', fault: always({ kind: 'slow', pauseMs: 100 }), requests: 1, by: 'model' },
]

describe.each(Object.entries(apis))('with %s', (api, { name, fallback, id, other }) => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer(databaseUrl(), {
      AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/model-agents/langgraph.json'),
      ANTHROPIC_API_KEY: 'anthropic-test-key',
      ANTHROPIC_BASE_URL: provider.url,
      OPENAI_API_KEY: 'openai-test-key',
      OPENAI_BASE_URL: `${provider.url}/v1`,
      OPENAI_API: api === 'responses' ? 'responses' : 'chat-completions',
      MODEL_DEFAULT: name,
      MODEL_FALLBACKS: fallback,
      MODEL_FIRST_BYTE_SECONDS: '1',
      MODEL_IDLE_SECONDS: '1',
      MODEL_CALL_SECONDS: '20',
    })
  })
  afterAll(() => server.drain())

  const metric = async (line: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
    const found = text.split('\n').find((each) => each.startsWith(`${line} `))
    return Number(found?.slice(line.length + 1) ?? 0)
  }
  const requests = (model: string): number => provider.asked.filter((asked) => asked.model === model).length

  /** Runs the graph in a new thread. @returns the streamed events, the result of the run, and the state of the thread */
  const run = async (graph = 'assistant') => {
    const { client } = server
    const { thread_id } = await client.threads.create()
    const input = { messages: [{ role: 'user', content: 'Hello' }] }
    const events = await collected(client.runs.stream(thread_id, graph, { input, streamMode: ['messages', 'values'] }))
    const { values } = await client.threads.getState<{ messages: { type: string; content: unknown }[] }>(thread_id)
    const [ended] = await client.runs.list(thread_id)
    return { events, messages: values.messages, status: ended?.status }
  }

  test.each(cases)('$title: the run ends as expected, with the expected number of requests', async (one) => {
    const failures = `llm_failures_total{model="${name}",kind="${one.kind}"}`
    const fellBack = `llm_fallbacks_total{from="${name}",to="${fallback}",kind="${one.kind}"}`
    const before = { failed: await metric(failures), fellBack: await metric(fellBack) }
    provider.fault = (asked, nth) => (asked.model === id ? one.fault(asked, nth) : undefined)
    const { events, messages, status } = await run()

    expect(requests(id)).toBe(one.requests)
    expect(requests(other)).toBe(one.by === 'fallback' ? 1 : 0)
    const failed = one.by === 'model' ? one.requests - 1 : one.requests
    if (one.kind) expect((await metric(failures)) - before.failed).toBe(failed)
    expect((await metric(fellBack)) - before.fellBack).toBe(one.by === 'fallback' ? 1 : 0)

    const complete = events.filter(({ event }) => event === 'messages/complete').flatMap(({ data }) => data)
    const texts = (all: readonly unknown[]) => JSON.stringify(all)
    if (typeof one.by === 'object') {
      expect(status).toBe('error')
      expect(events.find(({ event }) => event === 'error')?.data).toMatchObject({ error: one.by.error })
      expect(messages.map(({ type }) => type)).toEqual(['human'])
      expect(texts(complete)).not.toContain('An answer')
    } else {
      expect(status).toBe('success')
      expect(messages.map(({ type }) => type)).toEqual(['human', 'ai'])
      // Complete, and once: neither the checkpoint nor a complete event contains a part of an interrupted answer.
      for (const all of [
        messages.slice(1),
        complete.filter((message: unknown) => (message as { type?: string }).type === 'ai'),
      ]) {
        expect(all).toHaveLength(1)
        expect(texts(all)).toContain(answer)
      }
    }
    expect(JSON.stringify(events)).not.toContain('sk-plant')

    // A successful call closes the circuit breaker for the next test.
    provider.fault = () => undefined
    await run()
    expect(await metric(`llm_circuit_open{provider="${name.split(':')[0]}"}`)).toBe(0)
  })

  test('an interrupted message that is requested again is removed from the view of the client', async () => {
    provider.fault = (_asked, nth) => (nth === 1 ? { kind: 'reset' } : undefined)
    const { thread_id } = await server.client.threads.create()
    const input = { messages: [{ role: 'user', content: 'Hello' }] }
    const stream = server.client.runs.stream(thread_id, 'assistant', { input, streamMode: 'messages-tuple' })
    const assembled = new MessageTupleManager()
    const shown = new Set<string>()
    for (const { event, data } of await collected(stream)) {
      if (event !== 'messages' || !Array.isArray(data)) continue
      const [message, metadata] = data
      const id = assembled.add(message, metadata)
      if (!id) continue
      if (message.type === 'remove') shown.delete(id)
      else shown.add(id)
    }
    const texts = [...shown].map((id) => assembled.get(id)?.chunk?.text)
    expect(texts).toEqual([answer])
    provider.fault = () => undefined
    await run()
  })

  test('an interrupted message is also removed in the mode messages, where it had parts', async () => {
    provider.fault = (_asked, nth) => (nth === 1 ? { kind: 'reset' } : undefined)
    const { thread_id } = await server.client.threads.create()
    const input = { messages: [{ role: 'user', content: 'Hello' }] }
    const shown = new Map<string, unknown>()
    let removed = 0
    for await (const { event, data } of server.client.runs.stream(thread_id, 'assistant', {
      input,
      streamMode: 'messages',
    })) {
      if (event !== 'messages/partial' && event !== 'messages/complete') continue
      for (const { id, type, content } of data) {
        if (type === 'remove') removed += 1
        if (type === 'remove') shown.delete(id ?? '')
        else if (type !== 'human') shown.set(id ?? '', content)
      }
    }
    expect(removed).toBe(1)
    expect(JSON.stringify([...shown.values()])).toContain(answer)
    expect(shown.size).toBe(1)
    provider.fault = () => undefined
    await run()
  })

  test('a tool is called with streamed arguments, and its result reaches the model', async () => {
    provider.script = ({ results }) =>
      results.length === 0
        ? { text: 'I look. ', call: { name: 'weather', json: '{"city": "Busan"}' } }
        : { text: `I was told: ${results.join()}` }
    const { events, messages, status } = await run()
    provider.script = () => ({ text: answer })
    expect(status).toBe('success')
    expect(messages.map(({ type }) => type)).toEqual(['human', 'ai', 'tool', 'ai'])
    expect(JSON.stringify(messages.at(-1))).toContain('I was told: It rains in Busan.')
    expect(requests(id)).toBe(2)
    expect(provider.asked[0]?.api).toBe(api)
    expect(provider.asked[0]?.tools).toContain('weather')
    expect(provider.asked[0]?.key).toBe(`${name.split(':')[0]}-test-key`)
    // The arguments arrive in several events, not in one.
    expect(events.filter(({ event }) => event === 'messages/partial').length).toBeGreaterThan(4)
  })

  test('a run that the client waits for without a stream is answered by one request', async () => {
    const input = { messages: [{ role: 'user', content: 'Hello' }] }
    const values = await server.client.runs.wait(null, 'assistant', { input })
    expect(values).toMatchObject({ messages: [{ type: 'human' }, { type: 'ai' }] })
    expect(JSON.stringify(values)).toContain(answer)
    expect(provider.asked).toHaveLength(1)
  })

  test('another provider continues a conversation with the tool calls of the first', async () => {
    provider.script = ({ results }) =>
      results.length === 0
        ? { text: 'I look. ', call: { name: 'weather', json: '{"city": "Busan"}' } }
        : { text: `I was told: ${results.join()}` }
    provider.fault = (asked) =>
      asked.model === id && asked.results.length > 0 ? status(401, 'authentication_error', 'no') : undefined
    const { messages, status: how } = await run()
    provider.script = () => ({ text: answer })
    expect(how).toBe('success')
    expect(JSON.stringify(messages.at(-1))).toContain('I was told: It rains in Busan.')
    expect(provider.asked.map(({ model }) => model)).toEqual([id, id, other])
    provider.fault = () => undefined
    await run()
  })

  test('a tool call with invalid arguments is requested again, and the tool never gets them', async () => {
    provider.script = ({ results }) => {
      if (results.length > 0) return { text: `I was told: ${results.join()}` }
      return { call: { name: 'weather', json: provider.asked.length === 1 ? '{"city": "Bus' : '{"city": "Busan"}' } }
    }
    const { messages, status: how } = await run()
    provider.script = () => ({ text: answer })
    expect(how).toBe('success')
    expect(messages.map(({ type }) => type)).toEqual(['human', 'ai', 'tool', 'ai'])
    expect(JSON.stringify(messages)).toContain('It rains in Busan.')
    expect(provider.asked).toHaveLength(3)
  })
})

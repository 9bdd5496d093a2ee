import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useProviderServer } from '../fixtures/provider/provider-server.ts'
import { startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const databaseUrl = createDatabase()
const provider = useProviderServer()
const routing = {
  simple: 'anthropic:claude-haiku-4-5',
  standard: 'anthropic:claude-sonnet-5',
  complex: 'anthropic:claude-opus-5',
}

async function withServer<Result>(
  variables: Readonly<Record<string, string>>,
  work: (server: TestServer) => Promise<Result>,
): Promise<Result> {
  const server = await startTestServer(databaseUrl(), {
    AGENTS_CONFIG: join(import.meta.dirname, '../fixtures/model-agents/langgraph.json'),
    ANTHROPIC_API_KEY: 'anthropic-test-key',
    ANTHROPIC_BASE_URL: provider.url,
    ...variables,
  })
  return work(server).finally(() => server.drain())
}

const asked = (): string[] => provider.asked.map(({ model }) => model)

async function say(server: TestServer, content: string, graph = 'assistant', thread?: string): Promise<string> {
  const thread_id = thread ?? (await server.client.threads.create()).thread_id
  await server.client.runs.wait(thread_id, graph, { input: { messages: [{ role: 'user', content }] } })
  return thread_id
}

const long = 'a long story '.repeat(800)

test('a simple question goes to the cheap model, a complex one to the best, and its conversation stays there in another process', async () => {
  const variables = { MODEL_DEFAULT: 'anthropic:claude-sonnet-5', MODEL_ROUTING: JSON.stringify(routing) }
  const thread = await withServer(variables, async (server) => {
    await say(server, 'Hello')
    const complex = await say(server, 'Hello')
    await say(server, long, 'assistant', complex)
    const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
    expect(text).toContain('llm_routed_total{tier="simple",model="anthropic:claude-haiku-4-5"} 2')
    expect(text).toContain('llm_routed_total{tier="complex",model="anthropic:claude-opus-5"} 1')
    return complex
  })
  expect(asked()).toEqual(['claude-haiku-4-5', 'claude-haiku-4-5', 'claude-opus-5'])
  await withServer(variables, (server) => say(server, 'Thanks', 'assistant', thread))
  expect(asked().at(-1)).toBe('claude-opus-5')
})

test('an agent that names its model is not routed', async () => {
  const variables = { MODEL_DEFAULT: 'anthropic:claude-sonnet-5', MODEL_ROUTING: JSON.stringify(routing) }
  await withServer(variables, (server) => say(server, 'Hello', 'chooser'))
  expect(asked()).toEqual(['claude-opus-5'])
})

test('without routing the default model answers; without a default, a model of the provider with a key', async () => {
  await withServer({ MODEL_DEFAULT: 'anthropic:claude-opus-4-8' }, (server) => say(server, long))
  await withServer({}, (server) => say(server, 'Hello'))
  expect(asked()).toEqual(['claude-opus-4-8', 'claude-sonnet-5'])
})

test('the server does not start with a model without a key, and the error names the key', async () => {
  await expect(withServer({ MODEL_FALLBACKS: 'openai:gpt-5.6' }, async () => undefined)).rejects.toThrow(
    'The model "openai:gpt-5.6" needs OPENAI_API_KEY, which is not set.',
  )
})

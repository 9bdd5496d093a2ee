import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { useCloudServer } from '../fixtures/provider/cloud-server.ts'
import { modelAgents, startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const databaseUrl = createDatabase()
const cloud = useCloudServer()
const names = {
  azure: 'azure_openai:gpt-5.6',
  gemini: 'google-genai:gemini-3-pro-preview',
  vertex: 'google-vertexai:gemini-3-flash-preview',
  bedrock: 'bedrock:eu.anthropic.claude-sonnet-5-v1:0',
}
const order = [names.bedrock, names.azure, names.gemini, names.vertex]

let server: TestServer
beforeAll(async () => {
  vi.stubEnv('GCE_METADATA_HOST', new URL(cloud.url).host)
  vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present')
  server = await startTestServer(databaseUrl(), {
    AGENTS_CONFIG: modelAgents,
    // An agent of the fixture names a model of Anthropic, which no test calls.
    ANTHROPIC_API_KEY: 'unused',
    AZURE_OPENAI_API_KEY: 'azure-key-0123456789',
    GOOGLE_GENAI_API_KEY: 'gemini-key-0123456789',
    BEDROCK_API_KEY: 'bedrock-key-0123456789',
    MODEL_PROVIDERS: JSON.stringify({
      azure_openai: { baseUrl: cloud.url, apiVersion: '2025-04-01-preview' },
      'google-genai': { baseUrl: cloud.url },
      'google-vertexai': { baseUrl: cloud.url, project: 'acme-agents', location: 'eu' },
      bedrock: { baseUrl: cloud.bedrockUrl, region: 'eu-central-1', credentials: 'key' },
    }),
    MODEL_DEFAULT: order[0] ?? '',
    MODEL_FALLBACKS: order.slice(1).join(','),
  })
})
afterAll(async () => {
  await server.drain()
  vi.unstubAllEnvs()
})

/** Starts a run in a thread. @returns the types of the thread's messages */
async function say(content: string, thread: string): Promise<string[]> {
  await server.client.runs.wait(thread, 'assistant', { input: { messages: [{ role: 'user', content }] } })
  const { values } = await server.client.threads.getState<{ messages: { type: string }[] }>(thread)
  return values.messages.map(({ type }) => type)
}

test('a thread with tool calls continues with every cloud in turn, when those before it refuse their keys', async () => {
  const { thread_id } = await server.client.threads.create()
  // The model calls the tool once for each message of the user.
  cloud.script = ({ results }) =>
    results.length > 0 ? { text: 'It rains.' } : { text: 'I look.', call: { name: 'weather', json: '{"city":"Oslo"}' } }
  let refusing: string[] = []
  cloud.fault = ({ model }) =>
    refusing.some((name) => name.endsWith(`:${model}`))
      ? { kind: 'status', status: 403, type: 'AccessDeniedException', message: 'no access' }
      : undefined
  const seen: string[] = []
  for (const [turn, name] of order.entries()) {
    refusing = order.slice(0, turn)
    cloud.asked.length = 0
    const types = await say('What is the weather?', thread_id)
    expect(types.slice(-4)).toEqual(['human', 'ai', 'tool', 'ai'])
    expect(types).toHaveLength((turn + 1) * 4)
    const answered = cloud.asked.filter(({ model }) => name.endsWith(`:${model}`))
    expect(answered.map(({ results }) => results.length)).toEqual([0, 1])
    seen.push(cloud.asked.at(-1)?.api ?? '')
  }
  expect(seen).toEqual(['bedrock', 'chat-completions', 'google', 'google'])
})

test('usage of every cloud is counted, and no key is in the metrics', async () => {
  const text = await (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text()
  for (const name of order)
    expect(text).toMatch(
      new RegExp(`llm_tokens_total\\{[^}]*model="[^"]*${name.slice(name.indexOf(':') + 1)}"[^}]*\\} [1-9]`),
    )
  expect(text).not.toContain('key-0123456789')
})

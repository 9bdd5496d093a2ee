import { expect, test } from 'vitest'
import { collected } from '../fixtures/collected.ts'
import { createDatabase } from '../fixtures/create-database.ts'
import { gatewayAnswer, useLiteLlm } from '../fixtures/litellm/litellm.ts'
import { modelAgents, startTestServer, type TestServer } from '../fixtures/start-test-server.ts'

const databaseUrl = createDatabase()
const gateway = useLiteLlm()

const forms = {
  OpenAI: { model: 'openai:gpt-5.6', variable: 'OPENAI', path: '/v1' },
  Anthropic: { model: 'anthropic:claude-sonnet-5', variable: 'ANTHROPIC', path: '' },
} as const
type Form = (typeof forms)[keyof typeof forms]

async function withServer<Result>(
  { model, variable, path }: Form,
  change: Readonly<Record<string, string>>,
  work: (server: TestServer) => Promise<Result>,
): Promise<Result> {
  const server = await startTestServer(databaseUrl(), {
    AGENTS_CONFIG: modelAgents,
    // An agent of the fixture names a model of Anthropic.
    ANTHROPIC_API_KEY: gateway().key,
    MODEL_DEFAULT: model,
    [`${variable}_API_KEY`]: gateway().key,
    [`${variable}_BASE_URL`]: `${gateway().url}${path}`,
    ...change,
  })
  return await work(server).finally(() => server.drain())
}

interface Message {
  readonly type: string
  readonly content: unknown
  readonly usage_metadata?: { readonly input_tokens: number; readonly output_tokens: number }
}

async function say({ client }: TestServer, thread: string, content: string) {
  const input = { messages: [{ role: 'user', content }] }
  const events = await collected(client.runs.stream(thread, 'assistant', { input, streamMode: ['messages', 'values'] }))
  const [run] = await client.runs.list(thread)
  const { values } = await client.threads.getState<{ messages: Message[] }>(thread)
  return { events, status: run?.status, messages: values.messages }
}

const metrics = async ({ metricsPort }: TestServer): Promise<string> =>
  await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()

test.each(Object.entries(forms))(
  "a run through LiteLLM in %s's form ends with the answer and its usage, and another process continues its thread",
  async (_name, form) => {
    const { thread, usage } = await withServer(form, {}, async (server) => {
      const { thread_id } = await server.client.threads.create()
      const { messages, status } = await say(server, thread_id, 'Hello')
      expect(status).toBe('success')
      expect(messages.map(({ type }) => type)).toEqual(['human', 'ai'])
      expect(JSON.stringify(messages.at(-1)?.content)).toContain(gatewayAnswer)
      const reported = messages.at(-1)?.usage_metadata
      expect(reported?.input_tokens).toBeGreaterThan(0)
      expect(reported?.output_tokens).toBeGreaterThan(0)
      const text = await metrics(server)
      expect(text).not.toMatch(/^llm_(?:failures|retries)_total\{/m)
      expect(text).toMatch(/^llm_tokens_total\{.*\} [1-9]/m)
      return { thread: thread_id, usage: reported }
    })
    await withServer(form, {}, async (server) => {
      const { messages, status } = await say(server, thread, 'Again')
      expect(status).toBe('success')
      // The mock gives each answer in Anthropic's form the same id, so the second replaces the first.
      expect(messages.map(({ type }) => type)).toEqual(
        form.variable === 'OPENAI' ? ['human', 'ai', 'human', 'ai'] : ['human', 'ai', 'human'],
      )
      expect(messages[1]?.usage_metadata).toMatchObject(usage ?? {})
    })
  },
)

test.each(Object.entries(forms))(
  "LiteLLM's refusal of a key in %s's form ends the run at the first try, without the key in any event",
  async (_name, form) => {
    const wrong = 'sk-wrong-key-9876543210'
    await withServer(form, { [`${form.variable}_API_KEY`]: wrong }, async (server) => {
      const { thread_id } = await server.client.threads.create()
      const { events, status } = await say(server, thread_id, 'Hello')
      expect(status).toBe('error')
      expect(JSON.stringify(events)).not.toContain(wrong)
      // Without a database, LiteLLM answers an unknown key with 400.
      expect(await metrics(server)).toContain(`llm_failures_total{model="${form.model}",kind="refused"} 1`)
    })
  },
)

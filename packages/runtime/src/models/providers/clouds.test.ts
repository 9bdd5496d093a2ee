import { costOf } from '@hadal/middleware/call-cost'
import { classifyModelError } from '@hadal/middleware/classify-model-error'
import { modelName } from '@hadal/middleware/model-name'
import { AIMessageChunk, type BaseMessage } from '@langchain/core/messages'
import { tool } from 'langchain'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { useCloudServer, workloadToken } from '../../fixtures/provider/cloud-server.ts'
import { googleChunks } from '../../fixtures/provider/google-wire.ts'
import type { Fault, Turn } from '../../fixtures/provider/turn.ts'
import { type ChatModelSettings, createChatModels } from '../chat-models.ts'

const cloud = useCloudServer()
const weather = tool(() => '', { name: 'weather', description: 'Weather', schema: z.object({ city: z.string() }) })
const long = 30_000
afterEach(() => vi.unstubAllEnvs())

const settings = (bounds = {}): ChatModelSettings => ({
  openaiApi: 'responses',
  bounds: { firstByteMs: long, idleMs: long, callMs: long, ...bounds },
  keys: { azure_openai: 'azure-key', 'google-genai': 'gemini-key', bedrock: 'bedrock-api-key' },
  clouds: {
    azure_openai: { baseUrl: `${cloud.url}/`, apiVersion: '2025-04-01-preview', deployments: { 'gpt-5.6': 'ours' } },
    'google-genai': { baseUrl: cloud.url },
    'google-vertexai': {
      project: 'acme-agents',
      location: 'europe-west3',
      credentials: 'workload-identity',
      baseUrl: cloud.url,
    },
    bedrock: { region: 'eu-central-1', credentials: 'key', baseUrl: cloud.bedrockUrl },
  },
})

const providers = {
  'Azure OpenAI': {
    name: 'azure_openai:gpt-5.6',
    url: '/openai/deployments/ours/chat/completions?api-version=2025-04-01-preview',
    key: 'azure-key',
  },
  Gemini: {
    name: 'google-genai:gemini-3-pro-preview',
    url: '/v1beta/models/gemini-3-pro-preview:streamGenerateContent?alt=sse',
    key: 'gemini-key',
  },
  'Vertex AI': {
    name: 'google-vertexai:gemini-3-pro-preview',
    url: '/v1/projects/acme-agents/locations/europe-west3/publishers/google/models/gemini-3-pro-preview:streamGenerateContent?alt=sse',
    key: `Bearer ${workloadToken}`,
  },
  Bedrock: {
    name: 'bedrock:eu.anthropic.claude-sonnet-5-v1:0',
    url: '/model/eu.anthropic.claude-sonnet-5-v1%3A0/converse-stream',
    key: 'Bearer bedrock-api-key',
  },
} as const

describe.each(Object.entries(providers))('a model of %s', (provider, { name, url, key }) => {
  const ask = async (fault?: Fault, bounds = {}): Promise<BaseMessage> => {
    // The metadata server of Google Cloud, which gives a pod the token of its workload identity.
    vi.stubEnv('GCE_METADATA_HOST', new URL(cloud.url).host)
    vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present')
    cloud.fault = () => fault
    const model = (await createChatModels(settings(bounds)))(name).bindTools?.([weather], { maxRetries: 0 } as object)
    if (!model) throw new Error('The model calls no tools.')
    return model.invoke('What is the weather?')
  }
  const failure = async (fault: Fault, bounds = {}) => {
    const error: unknown = await ask(fault, bounds).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return { ...classifyModelError(error, 0), error, requests: cloud.asked.length }
  }

  test('sends the request to the address of the settings with the key, and returns answer, tool call and usage', async () => {
    cloud.script = () => ({ text: 'I look it up.', call: { name: 'weather', json: '{"city": "Oslo"}' } })
    const answer = await ask()
    expect(cloud.asked).toMatchObject([{ url, key, said: 'What is the weather?', tools: ['weather'] }])
    expect(answer).toMatchObject({
      text: 'I look it up.',
      tool_calls: [{ name: 'weather', args: { city: 'Oslo' } }],
      usage_metadata: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
    })
    expect(AIMessageChunk.isInstance(answer) && answer.invalid_tool_calls).toEqual([])
  })

  test.each([
    ['silent', { firstByteMs: 50 }],
    ['stall', { idleMs: 200 }],
    ['cut', {}],
    ['reset', {}],
    ['error-event', {}],
  ] as const)(
    'fails as unavailable, without a retry of its own, if its stream has the fault %s',
    async (kind, bounds) => {
      const failed = await failure({ kind }, bounds)
      expect(failed.kind).toBe('unavailable')
      // On a busy machine, a short timeout may pass before the request arrives.
      expect(failed.requests).toBeLessThanOrEqual(1)
    },
  )

  test.each([
    [400, 'ValidationException', 'refused'],
    [403, 'AccessDeniedException', 'credentials'],
    [404, 'ResourceNotFoundException', 'no-such-model'],
    [429, 'ThrottlingException', 'rate-limited'],
    [500, 'InternalServerException', 'unavailable'],
    [503, 'ServiceUnavailableException', 'unavailable'],
  ])('classifies %i %s as %s, without a retry of its own', async (status, type, kind) => {
    const found = await failure({ kind: 'status', status, type, message: 'the message' })
    expect(found).toMatchObject({ kind, requests: 1 })
    expect(String(found.error)).not.toContain(key.replace('Bearer ', ''))
  })

  test.each([
    ['API key not valid. Please pass a valid API key.', 'credentials'],
    ['API key expired. Please renew the API key.', 'credentials'],
    ['The provided model identifier is invalid.', 'no-such-model'],
    ['Invocation of model ID x with on-demand throughput isn\u2019t supported.', 'no-such-model'],
    ['Input is too long for requested model.', 'refused'],
  ])('classifies 400 with the message "%s" as %s', async (message, kind) => {
    expect(await failure({ kind: 'status', status: 400, type: 'ValidationException', message })).toMatchObject({ kind })
  })

  test.skipIf(name.includes('gemini'))('has the price of its model', async () => {
    const model = (await createChatModels(settings()))(name)
    const found = modelName({}, model.getLsParams({} as never))
    expect(
      costOf(found, { input: 1_000, output: 0, cacheRead: 0, cacheCreation: 0, reasoning: 0 }),
      `${provider}: ${found}`,
    ).toBeGreaterThan(0)
  })
})

describe('the metadata server, which gives a pod the token for Vertex AI,', () => {
  const ask = async (bounds = {}): Promise<unknown> => {
    vi.stubEnv('GCE_METADATA_HOST', new URL(cloud.url).host)
    vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present')
    const model = (await createChatModels(settings(bounds)))('google-vertexai:gemini-3-pro-preview')
    return model.invoke('Hello', { maxRetries: 0 } as object).catch((error: unknown) => error)
  }

  test('is subject to the timeout of the request', async () => {
    cloud.metadataStatus = 'silent'
    const error = await ask({ firstByteMs: 50 })
    expect(String(error)).toContain('no response for 0.05 s')
    expect(classifyModelError(error, 0).kind).toBe('unavailable')
  })

  test.each([403, 404])('rejects the credentials with status %i, so that a fallback model answers', async (status) => {
    cloud.metadataStatus = status
    expect(classifyModelError(await ask(), 0).kind).toBe('credentials')
  })
})

test.each([
  ['a list of parts', googleChunks],
  ['one object', (turn: Turn) => googleChunks(turn)[0]],
])("an endpoint with Google's API that answers without a stream, with %s, gives the same message", async (_, body) => {
  const turn = { call: { name: 'weather', json: '{"city":"Oslo"}' } }
  cloud.fault = () => ({ kind: 'body', contentType: 'application/json', body: JSON.stringify(body(turn)) })
  const model = (await createChatModels(settings()))('google-genai:gemini-3-pro-preview')
  expect(await model.invoke('What is the weather?')).toMatchObject({
    tool_calls: [{ name: 'weather', args: { city: 'Oslo' } }],
    usage_metadata: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
  })
})

test('an access key of AWS signs the requests to Bedrock', async () => {
  const keys = { bedrock: 'AKIAABCDEFGHIJKLMNOP:a/secret+access:key' }
  const named = await createChatModels({ ...settings(), keys })
  await named('bedrock:amazon.nova-pro-v1:0').invoke('Hello')
  expect(cloud.asked[0]?.key).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAABCDEFGHIJKLMNOP\/\d+\/eu-central-1\/bedrock\//)
})

test('a cloud with the credentials "key" needs its key, and names the way out', async () => {
  const { clouds } = settings()
  await expect(createChatModels({ ...settings(), keys: {} })).rejects.toThrow(
    'The provider "bedrock" has the credentials "key", but BEDROCK_API_KEY is not set. Set BEDROCK_API_KEY_FILE to a file\'s path, or BEDROCK_API_KEY, or use the credentials "workload-identity".',
  )
  const vertex = { project: 'acme-agents', location: 'eu', credentials: 'key' } as const
  const named = createChatModels({
    ...settings(),
    clouds: { ...clouds, 'google-vertexai': vertex },
    keys: { bedrock: 'k', 'google-vertexai': '{"private_key": "PLANTED"' },
  })
  await expect(named).rejects.toThrow('GOOGLE_VERTEXAI_API_KEY is not the JSON key of a service account')
  await expect(named).rejects.not.toThrow('PLANTED')
})

test('names the settings that a cloud model lacks', async () => {
  const named = await createChatModels({ ...settings(), keys: { 'google-genai': 'k' }, clouds: {} })
  expect(() => named('bedrock:amazon.nova-pro-v1:0')).toThrow(
    'The model "bedrock:amazon.nova-pro-v1:0" needs the settings of "bedrock", which are missing. Configured providers: google-genai. Add models.providers.bedrock to the environment, or "bedrock" to the JSON in MODEL_PROVIDERS.',
  )
  expect(named('google-genai:gemini-3-pro-preview').getName()).toContain('ChatGoogle')
})

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChatModelSettings } from './chat-models.ts'
import { createEmbeddingModel } from './embedding-models.ts'

interface Asked {
  readonly path: string
  readonly authorization: string | undefined
  readonly apiKey: unknown
  readonly body: unknown
}

/** A stand-in for OpenAI's API, which returns the length of each text as its vector, or the next status. */
let provider: Server
let asked: Asked[] = []
let statuses: number[] = []
beforeAll(async () => {
  provider = createServer(async (request, response) => {
    const body = await json(request)
    const { authorization, 'api-key': apiKey } = request.headers
    asked.push({ path: request.url ?? '', authorization, apiKey, body })
    const status = statuses.shift() ?? 200
    response.writeHead(status, { 'content-type': 'application/json' })
    const texts: readonly string[] = Reflect.get(Object(body), 'input')
    const data = texts.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1] }))
    response.end(JSON.stringify(status === 200 ? { object: 'list', data } : { error: { message: 'no' } }))
  })
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
})
afterAll(() => new Promise((resolve) => provider.close(resolve)))
beforeEach(() => {
  asked = []
  statuses = []
})

const address = (): string => `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
const settings = (): ChatModelSettings => ({
  keys: { openai: 'sk-openai', azure_openai: 'azure-key' },
  baseUrls: { openai: `${address()}/v1` },
  clouds: {
    azure_openai: { baseUrl: address(), apiVersion: '2024-10-21', deployments: { 'text-embedding-3-large': 'large' } },
  },
  openaiApi: 'responses',
  bounds: { firstByteMs: 5_000, idleMs: 5_000, callMs: 5_000 },
})

describe('an embedding model of OpenAI', () => {
  test('gets all texts in one request, with the key, the base URL and the dimensions', async () => {
    const embed = await createEmbeddingModel(settings(), { name: 'openai:text-embedding-3-small', dims: 2 })
    expect(await embed(['a', 'abc'])).toEqual([
      [1, 1],
      [3, 1],
    ])
    expect(asked).toMatchObject([
      {
        path: '/v1/embeddings',
        authorization: 'Bearer sk-openai',
        body: { model: 'text-embedding-3-small', input: ['a', 'abc'], dimensions: 2, encoding_format: 'float' },
      },
    ])
  })

  test('gets no dimensions if it can not choose them', async () => {
    const embed = await createEmbeddingModel(settings(), { name: 'openai:text-embedding-ada-002', dims: 2 })
    await embed(['a'])
    expect(asked[0]?.body).not.toHaveProperty('dimensions')
  })

  test('fails with the status of the provider if it rejects the text, without a retry', async () => {
    statuses = [400]
    const embed = await createEmbeddingModel(settings(), { name: 'openai:text-embedding-3-small', dims: 2 })
    await expect(embed(['a'])).rejects.toMatchObject({ status: 400 })
    expect(asked).toHaveLength(1)
  })

  test('is asked again after an error that may pass', async () => {
    statuses = [503]
    const embed = await createEmbeddingModel(settings(), { name: 'openai:text-embedding-3-small', dims: 2 })
    expect(await embed(['ab'])).toEqual([[2, 1]])
    expect(asked).toHaveLength(2)
  })
})

test('an embedding model of Azure OpenAI is asked by its deployment', async () => {
  const embed = await createEmbeddingModel(settings(), { name: 'azure_openai:text-embedding-3-large', dims: 2 })
  expect(await embed(['a', 'ab'])).toEqual([
    [1, 1],
    [2, 1],
  ])
  expect(asked).toHaveLength(1)
  expect(asked[0]?.path).toBe('/openai/deployments/large/embeddings?api-version=2024-10-21')
  expect(asked[0]?.apiKey).toBe('azure-key')
})

test.each([
  [
    'cohere:embed-v4',
    'Unknown embedding model "cohere:embed-v4". The providers of embedding models are openai, azure_openai, bedrock.',
  ],
  ['bedrock:amazon.titan-embed-text-v2:0', 'needs the settings of "bedrock" in MODEL_PROVIDERS, which is not set'],
])('the embedding model %s is refused with a sentence', async (name, sentence) => {
  await expect(createEmbeddingModel(settings(), { name, dims: 2 })).rejects.toThrow(sentence)
})

test('an embedding model without its key is refused with the name of the variable', async () => {
  await expect(
    createEmbeddingModel({ ...settings(), keys: {} }, { name: 'openai:text-embedding-3-small', dims: 2 }),
  ).rejects.toThrow('The embedding model "openai:text-embedding-3-small" needs OPENAI_API_KEY, which is not set.')
})

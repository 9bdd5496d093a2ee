import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ModelPackages } from '@hadal/platform/model-providers'
import { tool } from 'langchain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { useProviderServer } from '../../fixtures/provider/provider-server.ts'
import { createChatModels } from '../chat-models.ts'

const provider = useProviderServer()
const bounds = { firstByteMs: 30_000, idleMs: 30_000, callMs: 30_000 }
/** A file of this package, from which packages are found that this package lists. */
const agentsFile = import.meta.filename

const open = (packages: object, packageKeys = {}, file = agentsFile) =>
  createChatModels({
    keys: {},
    openaiApi: 'responses',
    bounds,
    packages: ModelPackages.parse(packages),
    packageKeys,
    agentsFile: file,
  })

/** Folder with one package, as a team's agents would have it. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hadal-model-package-'))
  const root = join(folder, 'node_modules', '@acme', 'models')
  mkdirSync(root, { recursive: true })
  const exports = { '.': { require: './missing.cjs', import: { types: './missing.d.ts', default: './main.js' } } }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: '@acme/models', type: 'module', exports }))
  writeFileSync(join(root, 'main.js'), 'export class ChatAcme {}\nexport const ChatNothing = 1\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("a class of another LangChain package answers with the options of the environment and the store's key", async () => {
  const options = { configuration: { baseURL: `${provider.url}/v1` } }
  const named = await open(
    { gateway: { package: '@langchain/openai', class: 'ChatOpenAICompletions', options } },
    { gateway: 'sk-gateway-key-1' },
  )
  const answer = await named('gateway:any/model:1').invoke('Hello')
  expect(answer.text).toBe('An answer of three sentences. It is here. It ends.')
  expect(provider.asked).toMatchObject([{ model: 'any/model:1', key: 'sk-gateway-key-1', api: 'chat-completions' }])
})

test('a class can take its key by another option, or need none', async () => {
  const entry = { package: '@langchain/anthropic', class: 'ChatAnthropic', keyOption: 'anthropicApiKey' }
  const options = { anthropicApiUrl: provider.url }
  const named = await open({ other: { ...entry, options } }, { other: 'another-key' })
  await named('other:claude-sonnet-5').invoke('Hello')
  expect(provider.asked[0]?.key).toBe('another-key')
  const without = await open({ other: { ...entry, keyOption: 'none', options: { ...options, apiKey: 'unused' } } })
  expect(without('other:claude-sonnet-5')).toMatchObject({ model: 'claude-sonnet-5' })
})

test('a package, a class and a key that are missing are named with the way out', async () => {
  const entry = { package: '@langchain/openai', class: 'ChatOpenAI' }
  await expect(open({ a: { ...entry, package: '@langchain/missing' } })).rejects.toThrow(
    'The provider "a" needs the class ChatOpenAI of the package @langchain/missing, which is not installed. Add it to packages/agents/package.json, and install it.',
  )
  await expect(open({ a: { ...entry, class: 'ChatMissing' } })).rejects.toThrow(
    /which does not export it\. It exports: .*ChatOpenAI/,
  )
  await expect(open({ a: entry })).rejects.toThrow(
    'The provider "a" needs a key, but MODEL_PACKAGE_KEYS has none. Add "a" to the JSON object in MODEL_PACKAGE_KEYS, or set keyOption to "none".',
  )
})

test('a package is found from the folder of the agents, and a class that is not a chat model is named', async () => {
  const entry = { package: '@acme/models', class: 'ChatAcme', keyOption: 'none' }
  const named = await open({ acme: entry }, {}, join(folder, 'langgraph.json'))
  expect(() => named('acme:one')).toThrow('but that class is not a chat model of LangChain')
  await expect(open({ acme: { ...entry, class: 'ChatNothing' } }, {}, join(folder, 'langgraph.json'))).rejects.toThrow(
    'does not export it. It exports: ChatAcme, ChatNothing.',
  )
  await expect(open({ acme: entry })).rejects.toThrow('which is not installed')
})

test.each(['ChatOpenAICompletions', 'ChatOpenAI'])(
  "a stream of a package's model %s that stalls is aborted, also with tools",
  async (className) => {
    provider.fault = () => ({ kind: 'stall' })
    const named = await createChatModels({
      keys: {},
      openaiApi: 'responses',
      bounds: { ...bounds, idleMs: 200 },
      packages: ModelPackages.parse({
        gateway: {
          package: '@langchain/openai',
          class: className,
          options: { configuration: { baseURL: `${provider.url}/v1` } },
        },
      }),
      packageKeys: { gateway: 'k' },
      agentsFile,
    })
    const search = tool(() => '', { name: 'search', description: 'Search', schema: z.object({ text: z.string() }) })
    for (const model of [named('gateway:one'), named('gateway:one').bindTools?.([search])])
      await expect(model?.invoke('Hello')).rejects.toThrow('no further data for 0.2 s')
  },
)

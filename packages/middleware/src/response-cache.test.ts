import { setTimeout as pause } from 'node:timers/promises'
import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage, type BaseMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import { createDeepAgent } from 'deepagents'
import { createAgent, createMiddleware } from 'langchain'
import { expect, test } from 'vitest'
import type { CacheResult } from './response-cache/answer-flights.ts'
import type { AnswerStore } from './response-cache/answer-store.ts'
import { createMemoryAnswerStore } from './response-cache/memory-answer-store.ts'
import { createResponseCacheMiddleware, type ResponseCacheOptions } from './response-cache.ts'

/** Chat model that numbers its answers, so that a test notices a repeated model call. */
class CountingModel extends BaseChatModel {
  calls = 0
  readonly #temperature: number | undefined
  readonly #before: () => Promise<void>

  constructor(temperature: number | undefined = 0, before: () => Promise<void> = async () => {}) {
    super({})
    this.#temperature = temperature
    this.#before = before
  }
  _llmType(): string {
    return 'counting'
  }
  override _identifyingParams(): Record<string, unknown> {
    return this.#temperature === undefined ? {} : { model: 'counting', temperature: this.#temperature }
  }
  override bindTools(): this {
    return this
  }
  async _generate(messages: BaseMessage[]): Promise<ChatResult> {
    this.calls += 1
    const number = this.calls
    await this.#before()
    const message = new AIMessage({
      content: `answer ${number} to ${messages.at(-1)?.text}`,
      usage_metadata: { input_tokens: 5, output_tokens: 5, total_tokens: 10 },
    })
    return { generations: [{ text: message.text, message }] }
  }
}

function setUp(options: Partial<ResponseCacheOptions> = {}) {
  const asked: CacheResult[] = []
  const failed: string[] = []
  const saved: number[] = []
  const cache = createResponseCacheMiddleware({
    store: createMemoryAnswerStore(),
    observer: {
      onRequest: (result) => asked.push(result),
      onFailure: (why) => failed.push(why),
      onSaving: ({ tokens }) => saved.push(tokens),
    },
    ...options,
  })
  return { cache, asked, failed, saved }
}

const question = (text: string) => ({ messages: [{ role: 'user', content: text }] })
const heldByAnother = async () => ({ locked: false })
const lastOf = (state: { messages: BaseMessage[] }): AIMessage => {
  const last = state.messages.at(-1)
  if (!AIMessage.isInstance(last)) throw new Error('The last message is not an answer.')
  return last
}
const ask = async (
  agent: { invoke(input: ReturnType<typeof question>): Promise<{ messages: BaseMessage[] }> },
  text = 'a question',
) => lastOf(await agent.invoke(question(text)))

test('a deep agent calls the model once for the same question, and the second answer uses no tokens', async () => {
  const { cache, asked, saved } = setUp()
  const model = new CountingModel()
  const agent = createDeepAgent({ model, middleware: [cache] })
  const first = await ask(agent)
  const second = await ask(agent)
  expect(second.text).toBe(first.text)
  expect(second.id).not.toBe(first.id)
  expect(first.usage_metadata?.total_tokens).toBe(10)
  expect(second.usage_metadata?.total_tokens).toBe(0)
  expect(second.response_metadata.cached).toBe(true)
  expect([model.calls, asked, saved]).toEqual([1, ['miss', 'hit'], [10]])
  await ask(agent, 'another question')
  expect(model.calls).toBe(2)
})

test('streams a hit as one message', async () => {
  const { cache } = setUp()
  const agent = createAgent({ model: new CountingModel(), middleware: [cache] })
  await ask(agent)
  const texts: string[] = []
  for await (const [message] of await agent.stream(question('a question'), { streamMode: 'messages' }))
    texts.push(message.text)
  expect(texts).toEqual(['answer 1 to a question'])
})

test('calls the model once for the same request in flight', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const { cache, asked } = setUp()
  const model = new CountingModel(0, () => gate)
  const agent = createAgent({ model, middleware: [cache] })
  const all = Promise.all(Array.from({ length: 10 }, () => ask(agent)))
  await until(() => model.calls === 1)
  open()
  const ids = new Set((await all).map(({ id }) => id))
  expect([model.calls, ids.size]).toEqual([1, 10])
  expect(asked.toSorted()).toEqual(['miss', ...Array.from({ length: 9 }, () => 'shared')])
})

test('calls the model once for the same request in flight, even if the store is unavailable', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const away = () => Promise.reject(new Error('Redis is unavailable'))
  const { cache } = setUp({ store: { begin: away, look: away, renew: away, end: away } })
  const model = new CountingModel(0, () => gate)
  const agent = createAgent({ model, middleware: [cache] })
  const all = Promise.all([ask(agent), ask(agent), ask(agent)])
  await until(() => model.calls === 1)
  open()
  await all
  expect(model.calls).toBe(1)
})

test('two processes that share a store call the model once', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const store = createMemoryAnswerStore()
  const model = new CountingModel(0, () => gate)
  const [one, other] = [setUp({ store }), setUp({ store })].map(({ cache }) =>
    createAgent({ model, middleware: [cache] }),
  )
  if (!one || !other) throw new Error('An agent is missing.')
  const all = Promise.all([ask(one), ask(other)])
  await until(() => model.calls === 1)
  open()
  const texts = (await all).map(({ text }) => text)
  expect([model.calls, new Set(texts).size]).toEqual([1, 1])
})

test('a waiting request calls the model when the lock disappears without an answer', async () => {
  const store = createMemoryAnswerStore()
  // Another process took the lock of every key and died.
  const { cache } = setUp({ store: { ...store, begin: heldByAnother, look: async () => ({ locked: false }) } })
  expect((await ask(createAgent({ model: new CountingModel(), middleware: [cache] }))).text).toContain('answer 1')
})

test('a request that waits for too long calls the model', async () => {
  const store = createMemoryAnswerStore()
  const { cache } = setUp({
    store: { ...store, begin: heldByAnother, look: async () => ({ locked: true }) },
    waitMs: 50,
  })
  expect((await ask(createAgent({ model: new CountingModel(), middleware: [cache] }))).text).toContain('answer 1')
})

test('the lock is renewed until the model has answered, and then released', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>()
  const renewed: string[] = []
  const ended: string[] = []
  const store = createMemoryAnswerStore()
  const watched: AnswerStore = {
    ...store,
    renew: async (key, token, ms) => {
      renewed.push(key)
      if (renewed.length === 3) open()
      return store.renew(key, token, ms)
    },
    end: async (key, token, answer) => {
      ended.push(key)
      await store.end(key, token, answer)
    },
  }
  const { cache } = setUp({ store: watched, lockMs: 30 })
  await ask(createAgent({ model: new CountingModel(0, () => gate), middleware: [cache] }))
  expect(renewed.length).toBeGreaterThanOrEqual(3)
  expect(ended).toEqual([renewed[0]])
})

test('a failure of the model is not cached', async () => {
  let fails = true
  const { cache } = setUp()
  const model = new CountingModel(0, async () => {
    if (fails) throw new Error('the provider is unavailable')
  })
  const agent = createAgent({ model, middleware: [cache] })
  await expect(ask(agent)).rejects.toThrow('the provider is unavailable')
  fails = false
  expect((await ask(agent)).text).toContain('answer 2')
})

test('a failed store is a miss, and is called once per request', async () => {
  let asked = 0
  const away = async (): Promise<never> => {
    asked += 1
    throw new Error('Redis is unavailable')
  }
  const store = { begin: away, look: away, renew: away, end: away }
  const { cache, failed } = setUp({ store })
  expect((await ask(createAgent({ model: new CountingModel(), middleware: [cache] }))).text).toContain('answer 1')
  expect([asked, failed]).toEqual([1, ['store']])
})

test('a corrupt entry is a miss and is replaced', async () => {
  const store = createMemoryAnswerStore()
  const keys = new Set<string>()
  const spying: AnswerStore = {
    ...store,
    begin(key, token, forMs) {
      keys.add(key)
      return store.begin(key, token, forMs)
    },
  }
  const { cache, failed } = setUp({ store: spying })
  const agent = createAgent({ model: new CountingModel(), middleware: [cache] })
  await ask(agent)
  for (const key of keys) await store.end(key, '', { value: '{"half":', ttlSeconds: 60 })
  expect((await ask(agent)).text).toContain('answer 2')
  expect((await ask(agent)).text).toContain('answer 2')
  expect(failed).toEqual(['corrupt'])
})

test('an entry beyond the maximum size is not cached', async () => {
  const { cache } = setUp({ mostBytes: 100 })
  const model = new CountingModel()
  const agent = createAgent({ model, middleware: [cache] })
  await ask(agent)
  await ask(agent)
  expect(model.calls).toBe(2)
})

test('an entry expires', async () => {
  const { cache } = setUp({ ttlSeconds: 0.02 })
  const model = new CountingModel()
  const agent = createAgent({ model, middleware: [cache] })
  await ask(agent)
  await pause(40)
  await ask(agent)
  expect(model.calls).toBe(2)
})

test('a tenant never gets the answer of another tenant', async () => {
  const store = createMemoryAnswerStore()
  const model = new CountingModel()
  for (const tenant of ['acme', 'acme2', 'acme'])
    await ask(createAgent({ model, middleware: [setUp({ store, tenant }).cache] }))
  expect(model.calls).toBe(2)
})

test('a request with another temperature is a miss, and a model without parameters is always called', async () => {
  const { cache, asked } = setUp()
  for (const temperature of [0, 0.5, 0.5])
    await ask(createAgent({ model: new CountingModel(temperature), middleware: [cache] }))
  expect(asked).toEqual(['miss', 'miss', 'hit'])
  const silent = new CountingModel(undefined)
  const withoutParameters = Object.assign(silent, { _identifyingParams: () => ({}) })
  await ask(createAgent({ model: withoutParameters, middleware: [cache] }))
  expect(asked.at(-1)).toBe('skipped')
})

test('a different context is a miss, because inner middleware may read it', async () => {
  const { cache } = setUp()
  const model = new CountingModel()
  const inner = createMiddleware({
    name: 'inner',
    wrapModelCall: (request, handler) =>
      handler({ ...request, systemPrompt: `For ${JSON.stringify(request.runtime.context)}` }),
  })
  const agent = createAgent({ model, middleware: [cache, inner] })
  for (const user of ['ann', 'bob', 'ann']) await agent.invoke(question('who?'), { context: { user } })
  expect(model.calls).toBe(2)
})

test('a run that is cancelled stops waiting for the answer of another', async () => {
  const store = createMemoryAnswerStore()
  const { cache } = setUp({ store: { ...store, begin: heldByAnother, look: async () => ({ locked: true }) } })
  const agent = createAgent({ model: new CountingModel(), middleware: [cache] })
  const controller = new AbortController()
  const waiting = agent.invoke(question('a question'), { signal: controller.signal })
  controller.abort(new Error('cancelled'))
  await expect(waiting).rejects.toThrow()
})

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000
  while (!holds()) {
    if (Date.now() > end) throw new Error('The condition did not become true in 5 s.')
    await pause(5)
  }
}

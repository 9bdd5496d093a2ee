import { MemorySaver } from '@langchain/langgraph'
import { createDeepAgent } from 'deepagents'
import { AIMessage, createAgent, HumanMessage, tool } from 'langchain'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { NamedModel } from './fixtures/named-model.ts'
import { createModelRoutingMiddleware, type ModelRoutingOptions } from './model-routing.ts'

const capable = { toolCalling: true, imageInputs: true, maxInputTokens: 1_000_000 }
const models = (overrides: Partial<ModelRoutingOptions['models']> = {}) => ({
  simple: new NamedModel('maker:simple', undefined, capable),
  standard: new NamedModel('maker:standard', undefined, capable),
  complex: new NamedModel('maker:complex', undefined, capable),
  ...overrides,
})
const words = (tokens: number): string => 'word'.repeat(tokens)
const look = (name: string) => tool(() => 'seen', { name, description: 'Looks', schema: z.object({}) })
const own = () => new NamedModel('maker:own')

const answerTo = async (options: ModelRoutingOptions, text: string, tools: ReturnType<typeof look>[] = []) => {
  const agent = createDeepAgent({
    model: own(),
    tools,
    systemPrompt: words(5_000),
    middleware: [createModelRoutingMiddleware(options)],
  })
  return (await agent.invoke({ messages: [new HumanMessage(text)] })).messages.at(-1)?.text
}

test("the system prompt and the harness's tools do not raise the tier of a request", async () => {
  expect(await answerTo({ models: models() }, 'short')).toBe('maker:simple answers')
})

test("an agent author's tools and the conversation raise the tier of a request", async () => {
  const tools = ['one', 'two', 'three'].map(look)
  expect(await answerTo({ models: models() }, 'short', tools)).toBe('maker:standard answers')
  expect(await answerTo({ models: models() }, words(2_001), tools)).toBe('maker:complex answers')
})

test('a conversation keeps its highest tier, also in another process', async () => {
  const checkpointer = new MemorySaver()
  const config = { configurable: { thread_id: '1' } }
  const say = async (text: string, seen: string[]) => {
    // A new agent each time, as after a restart.
    const agent = createAgent({
      model: own(),
      checkpointer,
      middleware: [
        createModelRoutingMiddleware({
          models: models(),
          onRouted: ({ tier, model }) => seen.push(`${tier} ${model}`),
        }),
        { name: 'Forget', wrapModelCall: (request, handler) => handler(request) },
      ],
    })
    return agent.invoke({ messages: [new HumanMessage(text)] }, config)
  }
  const seen: string[] = []
  await say('short', seen)
  await say(words(600), seen)
  const { messages } = await say('short', seen)
  expect(seen).toEqual(['simple maker:simple', 'standard maker:standard', 'standard maker:standard'])
  // The tier is not part of the output.
  expect(Object.keys(await say('short', seen))).toEqual(['messages'])
  expect(messages).toHaveLength(6)
})

test('a conversation keeps its tier when it becomes shorter', async () => {
  const checkpointer = new MemorySaver()
  const config = { configurable: { thread_id: '1' } }
  const seen: string[] = []
  let forget = false
  const agent = createAgent({
    model: own(),
    checkpointer,
    middleware: [
      {
        name: 'Forgets',
        wrapModelCall: (request, handler) =>
          handler(forget ? { ...request, messages: request.messages.slice(-1) } : request),
      },
      createModelRoutingMiddleware({ models: models(), onRouted: ({ tier }) => seen.push(tier) }),
    ],
  })
  await agent.invoke({ messages: [new HumanMessage(words(2_500))] }, config)
  forget = true
  await agent.invoke({ messages: [new HumanMessage('short')] }, config)
  expect(seen).toEqual(['complex', 'complex'])
})

test('a subagent starts with its own tier, and does not change the tier of its caller', async () => {
  const call = { name: 'task', id: 'a', args: { description: 'short', subagent_type: 'helper' } }
  const delegates = new NamedModel(
    'maker:complex',
    (messages) =>
      messages.length < 4 ? new AIMessage({ content: '', tool_calls: [call, { ...call, id: 'b' }] }) : 'all done',
    capable,
  )
  const seen: string[] = []
  const routing = () =>
    createModelRoutingMiddleware({
      models: models({ complex: delegates }),
      onRouted: ({ tier }) => seen.push(tier),
    })
  const agent = createDeepAgent({
    model: own(),
    middleware: [routing()],
    subagents: [{ name: 'helper', description: 'Helps', systemPrompt: 'Help.', middleware: [routing()] }],
  })
  const { messages } = await agent.invoke({ messages: [new HumanMessage(words(2_500))] })
  expect(messages.at(-1)?.text).toBe('all done')
  expect(seen).toEqual(['complex', 'simple', 'simple', 'complex'])
})

test('a model that does not support the request is skipped for the model of the next tier', async () => {
  const simple = new NamedModel('maker:simple', undefined, { ...capable, maxInputTokens: 100 })
  const standard = new NamedModel('maker:standard', undefined, { ...capable, toolCalling: false })
  expect(await answerTo({ models: models({ simple, standard }) }, 'short', [look('one')])).toBe('maker:complex answers')
})

test("the agent's own model is called if no tier supports the request", async () => {
  const blind = (name: string) => new NamedModel(name, undefined, { ...capable, imageInputs: false })
  const agent = createAgent({
    model: own(),
    middleware: [
      createModelRoutingMiddleware({
        models: { simple: blind('maker:simple'), standard: blind('maker:standard'), complex: blind('maker:complex') },
      }),
    ],
  })
  const image = { type: 'image', source_type: 'url', url: 'https://example.com/a.png' }
  const { messages } = await agent.invoke({ messages: [new HumanMessage({ content: [image] })] })
  expect(messages.at(-1)?.text).toBe('maker:own answers')
})

test('a model without a description gets no images, unless the table declares that it supports them', async () => {
  const unknown = () => models({ simple: new NamedModel('maker:simple') })
  const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }
  const answer = async (options: ModelRoutingOptions) => {
    const agent = createAgent({ model: own(), middleware: [createModelRoutingMiddleware(options)] })
    return (await agent.invoke({ messages: [new HumanMessage({ content: [image] })] })).messages.at(-1)?.text
  }
  expect(await answer({ models: unknown() })).toBe('maker:standard answers')
  expect(await answer({ models: unknown(), capabilities: { 'maker:simple': { imageInputs: true } } })).toBe(
    'maker:simple answers',
  )
})

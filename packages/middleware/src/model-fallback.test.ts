import { AIMessageChunk } from '@langchain/core/messages'
import { AIMessage, createAgent, HumanMessage } from 'langchain'
import { expect, test, vi } from 'vitest'
import { NamedModel } from './fixtures/named-model.ts'
import { createModelFallbackMiddleware, type ModelFallbackOptions } from './model-fallback.ts'

const away =
  (status = 503) =>
  () => {
    throw Object.assign(new Error('away'), { status })
  }
const quick = { firstWaitMs: 0 }

const ask = async (model: NamedModel, options: ModelFallbackOptions, content: HumanMessage['content'] = 'hello') => {
  const agent = createAgent({ model, middleware: [createModelFallbackMiddleware({ bounds: quick, ...options })] })
  return (await agent.invoke({ messages: [new HumanMessage({ content })] })).messages.at(-1)
}

test('a fallback answers if the model is unavailable', async () => {
  const model = new NamedModel('one:a', away())
  const answer = await ask(model, { fallbacks: [new NamedModel('two:b')] })
  expect(answer?.text).toBe('two:b answers')
  expect(model.asked).toHaveLength(3)
})

test('the wait before each retry is random', async () => {
  const random = vi.spyOn(Math, 'random')
  try {
    await ask(new NamedModel('one:a', away()), { fallbacks: [new NamedModel('two:b')] })
    expect(random.mock.calls.length).toBeGreaterThanOrEqual(2)
  } finally {
    random.mockRestore()
  }
})

test('a fallback that is the same model is not called', async () => {
  const same = new NamedModel('one:a', away())
  const other = new NamedModel('one:a', away())
  await expect(ask(same, { fallbacks: [other] })).rejects.toMatchObject({ name: 'ModelUnavailable' })
  expect(other.asked).toHaveLength(0)
})

test('a fallback that does not support images is not called with an image', async () => {
  const blind = new NamedModel('two:b')
  const sees = new NamedModel('three:c', undefined, { imageInputs: true })
  const image = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }
  const answer = await ask(new NamedModel('one:a', away()), { fallbacks: [blind, sees] }, [image])
  expect(answer?.text).toBe('three:c answers')
  expect(blind.asked).toHaveLength(0)
})

test('a tool call with invalid arguments is requested again, and is not stored in the conversation', async () => {
  const broken = new AIMessageChunk({
    content: '',
    tool_call_chunks: [{ name: 'write', id: 'a', index: 0, args: '{"path": "/half', type: 'tool_call_chunk' }],
  })
  const model: NamedModel = new NamedModel('one:a', () => (model.asked.length === 1 ? broken : 'now whole'))
  const agent = createAgent({ model, middleware: [createModelFallbackMiddleware({ bounds: quick })] })
  const { messages } = await agent.invoke({ messages: [new HumanMessage('hello')] })
  expect(messages.map(({ text }) => text)).toEqual(['hello', 'now whole'])
  expect(messages.filter((message) => AIMessage.isInstance(message) && message.tool_calls?.length)).toEqual([])
})

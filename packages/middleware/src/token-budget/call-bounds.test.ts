import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { tokenCounter } from '../token-counter.ts'
import { callBounds, outputBound, promptBound } from './call-bounds.ts'

describe('the upper bound of a prompt', () => {
  test.each([
    ['English', 'The quick brown fox jumps over the lazy dog, and nobody minds. '.repeat(50)],
    ['Korean', '에이전트는 파일을 읽고 나서 대답합니다. '.repeat(50)],
    ['code', 'for (let i = 0; i < items.length; i++) { sum += items[i].price * 1.19 }\n'.repeat(50)],
    ['numbers', Array.from({ length: 50 }, (_, index) => `${index * 7_919}.${index}`).join(', ')],
    ['base64', Buffer.from(Array.from({ length: 900 }, (_, index) => (index * 151) % 256)).toString('base64')],
    ['ids', Array.from({ length: 50 }, (_, index) => `7f3c9a${index}e-41bd-4c02-9f1e-00${index}`).join(' ')],
  ])('is at least the number of tokens of %s', async (_, text) => {
    const count = await tokenCounter()
    expect(promptBound([new HumanMessage(text)], '', [])).toBeGreaterThanOrEqual(count(text))
  })

  test('starts from the tokens that the provider counted up to the newest answer', () => {
    const answered = new AIMessage({
      content: 'Let me look.',
      usage_metadata: { input_tokens: 900, output_tokens: 100, total_tokens: 1_000 },
    })
    const messages = [new HumanMessage('x '.repeat(10_000)), answered, new ToolMessage('y '.repeat(100), 'call_1')]
    expect(promptBound(messages, 'z'.repeat(10_000), [])).toBe(1_000 + 100)
  })

  test('counts some thousand tokens for an image of any size', () => {
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(1_000_000)}` } }
    expect(promptBound([new HumanMessage({ content: [image] })], '', [])).toBe(5_000)
  })

  test('includes the system prompt and the descriptions of tools', () => {
    const tool = { name: 'search', description: 'd'.repeat(1_000), schema: { shape: { query: {} } } }
    expect(promptBound([], 's'.repeat(2_000), [tool])).toBeGreaterThan(1_500)
  })
})

test.each([
  ['its own limit', { maxTokens: 4_096, profile: { maxOutputTokens: 128_000 } }, 4_096],
  ['the maximum in its profile', { maxTokens: undefined, profile: { maxOutputTokens: 64_000 } }, 64_000],
  ['an assumed maximum if it has no limit', { maxTokens: -1 }, 16_384],
])('the answer of a model is limited by %s', (_, model, tokens) => {
  expect(outputBound(model)).toBe(tokens)
})

test('a call needs at least a short answer, and at most the longest answer of the model', () => {
  const call = { messages: [], system: '', tools: [] }
  expect(callBounds(call, { maxTokens: 1_000 })).toEqual({ input: 0, leastOutput: 256, mostOutput: 1_000 })
  expect(callBounds(call, { maxTokens: 100 })).toEqual({ input: 0, leastOutput: 100, mostOutput: 100 })
})

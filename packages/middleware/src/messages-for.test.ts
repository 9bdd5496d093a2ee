import { AIMessage, HumanMessage } from '@langchain/core/messages'
import { expect, test } from 'vitest'
import { messagesFor } from './messages-for.ts'

const call = { id: 'a', name: 'look', args: { at: 1 }, type: 'tool_call' as const }
const answer = new AIMessage({
  id: '1',
  content: [
    { type: 'thinking', thinking: 'Hm', signature: 's' },
    { type: 'text', text: 'I look.' },
    { type: 'tool_use', id: 'a', name: 'look', input: { at: 1 } },
  ],
  tool_calls: [call],
  response_metadata: { model_provider: 'anthropic' },
})

test('an answer of another provider keeps its text and its tool calls', () => {
  const question = new HumanMessage({
    content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }],
  })
  const [first, second] = messagesFor('openai', [question, answer])
  expect(first).toBe(question)
  expect(second).toMatchObject({ id: '1', content: 'I look.', tool_calls: [call] })
})

test("a provider's own answers and answers of an unknown provider stay unchanged", () => {
  const unknown = new AIMessage({ content: [{ type: 'text', text: 'I look.' }] })
  expect(messagesFor('anthropic', [answer, unknown])).toEqual([answer, unknown])
})

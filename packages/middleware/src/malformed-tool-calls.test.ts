import { AIMessage, AIMessageChunk } from '@langchain/core/messages'
import { expect, test } from 'vitest'
import { malformedToolCalls } from './malformed-tool-calls.ts'

const streamed = (...args: string[]) =>
  new AIMessageChunk({
    content: '',
    tool_call_chunks: args.map((text, index) => ({
      ...(index === 0 ? { id: 'a', name: 'write' } : {}),
      index: 0,
      args: text,
      type: 'tool_call_chunk' as const,
    })),
  })

test.each([[''], ['{}'], ['{"path": ', '"/a"}'], [' {"a": 1} ']])('accepts complete arguments: %s', (...args) => {
  expect(malformedToolCalls(streamed(...args))).toEqual([])
})

test.each([['{"path": "/a'], ['{"path"', ' "/a"}'], ['[1]'], ['{"a": 1'], ['nonsense']])(
  'reports arguments that are not a complete JSON object: %s',
  (...args) => {
    expect(malformedToolCalls(streamed(...args))).toEqual(['write'])
  },
)

test('reports calls that LangChain could not parse in a message that was not streamed', () => {
  const call = { name: 'write', args: '{', id: 'a', type: 'invalid_tool_call' as const, error: 'no' }
  expect(malformedToolCalls(new AIMessage({ content: '', invalid_tool_calls: [call] }))).toEqual(['write'])
  expect(malformedToolCalls(new AIMessage('no call'))).toEqual([])
})

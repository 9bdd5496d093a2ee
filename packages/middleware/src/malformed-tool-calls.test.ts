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

test.each([[''], ['{}'], ['{"path": ', '"/a"}'], [' {"a": 1} ']])('whole arguments are well: %s', (...args) => {
  expect(malformedToolCalls(streamed(...args))).toEqual([])
})

test.each([['{"path": "/a'], ['{"path"', ' "/a"}'], ['[1]'], ['{"a": 1'], ['nonsense']])(
  'arguments that are no JSON object, or break off, are not: %s',
  (...args) => {
    expect(malformedToolCalls(streamed(...args))).toEqual(['write'])
  },
)

test('what LangChain could not read is found in a message that did not stream', () => {
  const call = { name: 'write', args: '{', id: 'a', type: 'invalid_tool_call' as const, error: 'no' }
  expect(malformedToolCalls(new AIMessage({ content: '', invalid_tool_calls: [call] }))).toEqual(['write'])
  expect(malformedToolCalls(new AIMessage('no call'))).toEqual([])
})

import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { jsonbText, jsonText } from './json-text.ts'

describe('the JSON of values', () => {
  test('has messages as plain objects, however deep they stand', () => {
    const values = JSON.parse(jsonText({ list: [[new HumanMessage('hi'), new AIMessage({ id: '1', content: 'ho' })]] }))
    expect(values.list[0]).toMatchObject([
      { type: 'human', content: 'hi' },
      { type: 'ai', content: 'ho', id: '1' },
    ])
  })

  test('never has what LangGraph keeps in a configuration, nor where an error was thrown', () => {
    const text = jsonText({
      configurable: { __pregel_checkpointer: { password: 'x' }, kept: 1 },
      error: new RangeError('no'),
    })
    expect(JSON.parse(text)).toEqual({ configurable: { kept: 1 }, error: { error: 'RangeError', message: 'no' } })
  })

  test('is null for what JSON has no word for', () => {
    expect(jsonText(undefined)).toBe('null')
    expect(jsonText({ big: 2n ** 70n, call: () => 1 })).toBe('{"big":"1180591620717411303424"}')
  })

  test('shows a Map as its entries and a Set as its values', () => {
    expect(jsonText({ map: new Map([['a', new Set([1])]]) })).toBe('{"map":[["a",[1]]]}')
  })

  test('shows what looks like an object of LangChain in a message as it is', () => {
    const lookalike = { lc: 1, type: 'constructor', id: ['no', 'such', 'Thing'], kwargs: {} }
    const message = new ToolMessage({ content: 'ok', tool_call_id: 'c', artifact: lookalike })
    expect(JSON.parse(jsonText(message))).toMatchObject({ type: 'tool', tool_call_id: 'c', artifact: lookalike })
  })

  test('keeps U+0000 and halves of surrogate pairs, but not for a jsonb column, which would refuse them', () => {
    const broken = { 'k\0ey': 'a\0\0b\ud800\ud800c', key: 1, kept: '\\u0000 \\\\u0000 😀' }
    expect(JSON.parse(jsonText(broken))).toEqual(broken)
    expect(JSON.parse(jsonbText(broken))).toEqual({
      'k\ufffdey': 'a\ufffd\ufffdb\ufffd\ufffdc',
      key: 1,
      kept: broken.kept,
    })
  })
})

import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { describe, expect, test } from 'vitest'
import { jsonbText, jsonbTextInTurns, jsonText, jsonTextInTurns } from './json-text.ts'

describe('the JSON of values', () => {
  test('contains messages as plain objects, at any depth', () => {
    const values = JSON.parse(jsonText({ list: [[new HumanMessage('hi'), new AIMessage({ id: '1', content: 'ho' })]] }))
    expect(values.list[0]).toMatchObject([
      { type: 'human', content: 'hi' },
      { type: 'ai', content: 'ho', id: '1' },
    ])
  })

  test('omits the internal LangGraph configuration and the stack of an error', () => {
    const text = jsonText({
      configurable: { __pregel_checkpointer: { password: 'x' }, kept: 1 },
      error: new RangeError('no'),
    })
    expect(JSON.parse(text)).toEqual({ configurable: { kept: 1 }, error: { error: 'RangeError', message: 'no' } })
  })

  test('is null for values that JSON lacks', () => {
    expect(jsonText(undefined)).toBe('null')
    expect(jsonText({ big: 2n ** 70n, call: () => 1 })).toBe('{"big":"1180591620717411303424"}')
  })

  test('writes a Map as its entries and a Set as its values', () => {
    expect(jsonText({ map: new Map([['a', new Set([1])]]) })).toBe('{"map":[["a",[1]]]}')
  })

  test('leaves data of a message that looks like a LangChain object unchanged', () => {
    const lookalike = { lc: 1, type: 'constructor', id: ['no', 'such', 'Thing'], kwargs: {} }
    const message = new ToolMessage({ content: 'ok', tool_call_id: 'c', artifact: lookalike })
    expect(JSON.parse(jsonText(message))).toMatchObject({ type: 'tool', tool_call_id: 'c', artifact: lookalike })
  })

  test('keeps U+0000 and lone surrogates, except for a jsonb column, which rejects them', () => {
    const broken = { 'k\0ey': 'a\0\0b\ud800\ud800c', key: 1, kept: '\\u0000 \\\\u0000 😀' }
    expect(JSON.parse(jsonText(broken))).toEqual(broken)
    expect(JSON.parse(jsonbText(broken))).toEqual({
      'k\ufffdey': 'a\ufffd\ufffdb\ufffd\ufffdc',
      key: 1,
      kept: broken.kept,
    })
  })
})

describe('the JSON of large values in turns', () => {
  const row = (number: number): object => ({ number, name: `row ${number}`, at: [number, { deep: true }] })
  const rows = Array.from({ length: 20_000 }, (_, number) => row(number))
  const long = 'x'.repeat(6_000_000)

  test('equals the text that is written in one piece', async () => {
    const values: unknown[] = [
      rows,
      { rows, after: 1, none: undefined, call: () => 1, nothing: null, big: 1n, __proto__x: rows },
      {
        __pregel_checkpointer: rows,
        messages: [new HumanMessage('hi'), new ToolMessage({ content: 'ok', tool_call_id: 'c', artifact: rows })],
      },
      { map: new Map(rows.map((one, index) => [index, one])), set: new Set(rows) },
      [undefined, rows, () => 1, new Date(0), { toJSON: () => rows }, [[rows]], new RangeError('no')],
      { long, small: 'a', more: [long, long.slice(1)] },
      ['😀'.repeat(3_000_000), `x${'😀'.repeat(3_000_000)}`, `${'\\u0000"\n'.repeat(1_000_000)}\ud83d`],
      long,
      Array.from({ length: 300_000 }, (_, number) => number),
      Object.fromEntries(rows.map((one, index) => [`key ${index}`, one])),
      { only: () => rows, void: undefined, __pregel_x: rows },
      'text',
      undefined,
    ]
    for (const value of values) expect(await jsonTextInTurns(value)).toBe(jsonText(value))
  })

  test('equals the text for a jsonb column', async () => {
    const value = { rows, 'k\0': ['\ud800', '\\u0000', ...rows], '\\u0000': 'a\0' }
    expect(await jsonbTextInTurns(value)).toBe(jsonbText(value))
  })

  test('yields to other work', async () => {
    let turns = 0
    const counting = setImmediate(function count() {
      turns += 1
      setImmediate(count).unref()
    })
    await jsonTextInTurns({ rows: [...rows, ...rows, ...rows, ...rows] })
    clearImmediate(counting)
    expect(turns).toBeGreaterThan(3)
  })

  test('rejects a cyclic value, as in one piece', async () => {
    const cycle: { rows: unknown[] } = { rows: [...rows] }
    cycle.rows.push(cycle)
    await expect(jsonTextInTurns(cycle)).rejects.toThrow('circular structure')
  })
})

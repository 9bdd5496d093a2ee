import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { exactObject } from './exact-object.ts'
import { parseLeniently } from './lenient-input.ts'
import { ThreadRunBody } from './run-body.ts'
import { History } from './thread-state.ts'

const run = (fields: object) => parseLeniently(ThreadRunBody, { assistant_id: 'a', ...fields })

describe('unknown fields are ignored and named', () => {
  test('at the top, in nested objects and in elements of lists', () => {
    const schema = z.strictObject({ a: z.strictObject({ b: z.array(z.strictObject({ c: z.number() })) }) })
    const result = parseLeniently(schema, { a: { b: [{ c: 1 }, { c: 2, d: 3 }], e: 4 }, f: 5 })
    expect(result).toEqual({
      success: true,
      data: { a: { b: [{ c: 1 }, { c: 2 }] } },
      ignored: ['a.b.1.d', 'a.e', 'f'],
    })
  })

  test('in a command, in the nodes to which it jumps and in a checkpoint', () => {
    const command = { goto: [{ node: 'a', input: {}, colour: 1 }], jump: 1 }
    expect(run({ command, checkpoint: { checkpoint_id: 'x', colour: 1 } })).toMatchObject({
      success: true,
      data: { command: { goto: [{ node: 'a', input: {} }] }, checkpoint: { checkpoint_id: 'x' } },
      ignored: expect.arrayContaining(['command.goto.0.colour', 'command.jump', 'checkpoint.colour']),
    })
  })

  test('in the branch of a union that loses the least', () => {
    expect(parseLeniently(History, { before: { configurable: { checkpoint_id: 'x', colour: 1 } } })).toMatchObject({
      data: { before: { configurable: { checkpoint_id: 'x' } } },
      ignored: ['before.configurable.colour'],
    })
    expect(parseLeniently(History, { before: { checkpoint_id: 'x', colour: 1 } })).toMatchObject({
      data: { before: { checkpoint_id: 'x' } },
      ignored: ['before.colour'],
    })
  })

  test('also if the request is refused for another field', () => {
    const result = run({ colour: 1, stream_subgraphs: 'yes' })
    expect(result).toMatchObject({ success: false, ignored: ['colour'], issues: [{ path: ['stream_subgraphs'] }] })
  })

  test('with a name such as __proto__, without an effect on other objects', () => {
    expect(run(JSON.parse('{"__proto__": {"input": 1}}'))).toMatchObject({ success: true, ignored: ['__proto__'] })
    expect(Reflect.get({}, 'input')).toBeUndefined()
  })
})

describe('unknown fields are refused', () => {
  const Filter = exactObject({ thread_ids: z.array(z.string()), status: z.string().optional() })

  test('by an object that says so, with the nearest name', () => {
    const result = parseLeniently(z.strictObject({ filter: Filter }), { filter: { thread_ids: [], sttaus: 'idle' } })
    expect(result).toMatchObject({
      success: false,
      ignored: [],
      issues: [{ keys: ['sttaus'], message: 'unknown field. Did you mean "status"?' }],
    })
  })

  test('by an object that is refined, picked or extended from one that says so', () => {
    for (const schema of [Filter.refine(() => true), Filter.pick({ thread_ids: true }), Filter.extend({})]) {
      expect(parseLeniently(schema, { thread_ids: [], colour: 1 })).toMatchObject({ success: false, ignored: [] })
    }
  })

  test('by every object of a request that refuses them, with the allowed names', () => {
    const schema = z.strictObject({ wait: z.string().optional() })
    expect(parseLeniently(schema, { colour: '1' }, true)).toMatchObject({
      success: false,
      issues: [{ message: 'unknown field. Allowed fields: wait.' }],
    })
  })

  test('also within a union', () => {
    const schema = z.union([exactObject({ status: z.string() }), exactObject({ run_ids: z.array(z.string()) })])
    expect(parseLeniently(schema, { status: 'all', colour: 1 })).toMatchObject({ success: false, ignored: [] })
  })
})

describe('null is absence', () => {
  test('in a field that does not allow null, at any depth, without a name in the response', () => {
    const schema = z.strictObject({ limit: z.int().default(10), of: z.strictObject({ name: z.string().optional() }) })
    const result = parseLeniently(schema, { limit: null, of: { name: null } })
    expect(result).toEqual({ success: true, data: { limit: 10, of: {} }, ignored: [] })
  })

  test('so a required field that is null is missing', () => {
    const result = parseLeniently(z.strictObject({ key: z.string() }), { key: null })
    expect(result).toMatchObject({ success: false, issues: [{ code: 'invalid_type', path: ['key'] }] })
  })

  test('but not in a list, which keeps its elements, and not where null has a meaning', () => {
    expect(parseLeniently(z.array(z.string()), ['a', null])).toMatchObject({ success: false })
    expect(run({ input: null })).toMatchObject({ data: { input: null } })
  })
})

import { describe, expect, test } from 'vitest'
import { createRedactor } from '../secrets/create-redactor.ts'
import { runError } from './run-error.ts'

const told = (error: unknown) => runError(error, createRedactor())
const refusing = new Proxy(new Error('behind a proxy'), {
  getPrototypeOf: () => {
    throw new Error('no prototype')
  },
})

describe('the error of a run', () => {
  test('names an Error by its name and message, without the link that LangGraph appends', () => {
    expect(told(new RangeError('too far\n\nTroubleshooting URL: https://docs'))).toEqual({
      error: 'RangeError',
      message: 'too far',
    })
  })

  test.each([
    ['a string', 'out of tea', "'out of tea'"],
    ['an object', { code: 1, nested: { reason: 'tea' } }, "{ code: 1, nested: { reason: 'tea' } }"],
    ['an object without a prototype', Object.create(null), '[Object: null prototype] {}'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a symbol', Symbol('tea'), 'Symbol(tea)'],
    ['a function', function brew() {}, '[Function: brew]'],
    ['a BigInt', 12n, '12n'],
    [
      'an object whose getter throws',
      {
        get code() {
          throw new Error('no')
        },
      },
      '{ code: [Getter] }',
    ],
    [
      'an object whose toString throws',
      {
        toString() {
          throw new Error('no')
        },
      },
      '{ toString: [Function: toString] }',
    ],
  ])('shows %s that was thrown', (_what, thrown, message) => {
    expect(told(thrown)).toEqual({ error: 'Error', message: `A value that is not an Error was thrown: ${message}` })
  })

  test('is returned for an Error whose message or name is not a text, or throws when it is read', () => {
    const throwing = Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw new Error('no')
      },
    })
    expect(told(throwing)).toEqual({ error: 'Error', message: 'The error has no message.' })
    expect(told(Object.assign(new Error('x'), { message: { reason: 'tea' }, name: 7 }))).toEqual({
      error: '7',
      message: "{ reason: 'tea' }",
    })
    expect(told(new Error('')).message).toBe('The error has no message.')
    expect(told(refusing).message).toMatch(/behind a proxy/)
  })

  test('does not include causes, even circular ones', () => {
    const error: Error & { cause?: unknown } = new Error('outer')
    error.cause = error
    expect(told(error)).toEqual({ error: 'Error', message: 'outer' })
  })

  test('is cut if it is too long, and a secret across the cut is redacted', () => {
    const key = `sk-ant-api03-${'a1B2'.repeat(20)}`
    const { message } = told(new Error(`${'x'.repeat(3_990)} ${key}${'y'.repeat(1_000_000)}`))
    expect(message.length).toBeLessThan(4_100)
    expect(message).not.toContain('sk-ant-api03-a1B2')
  })
})

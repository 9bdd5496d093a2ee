import { expect, test } from 'vitest'
import { CircuitBreaker } from './circuit-breaker.ts'

function circuit() {
  let now = 0
  const breaker = new CircuitBreaker({ failures: 2, openMs: 100, now: () => now })
  return { breaker, pass: (ms: number) => (now += ms) }
}

test('failures in a row open it, and a success between them does not', () => {
  const { breaker } = circuit()
  breaker.failed()
  breaker.succeeded()
  breaker.failed()
  expect(breaker.state).toBe('closed')
  expect(breaker.admits()).toBe(true)
  breaker.failed()
  expect(breaker.state).toBe('open')
  expect(breaker.admits()).toBe(false)
})

test('after a while one call may try, and only one', () => {
  const { breaker, pass } = circuit()
  breaker.failed()
  breaker.failed()
  pass(99)
  expect(breaker.admits()).toBe(false)
  pass(1)
  expect(breaker.state).toBe('half-open')
  expect([breaker.admits(), breaker.admits()]).toEqual([true, false])
})

test('the try that succeeds closes it, the one that fails opens it for as long again', () => {
  const { breaker, pass } = circuit()
  breaker.failed()
  breaker.failed()
  pass(100)
  breaker.admits()
  breaker.failed()
  expect(breaker.state).toBe('open')
  pass(100)
  breaker.admits()
  breaker.succeeded()
  expect(breaker.state).toBe('closed')
})

test('a try that ended without a verdict leaves the next one free', () => {
  const { breaker, pass } = circuit()
  breaker.failed()
  breaker.failed()
  pass(100)
  breaker.admits()
  breaker.released()
  expect(breaker.admits()).toBe(true)
})

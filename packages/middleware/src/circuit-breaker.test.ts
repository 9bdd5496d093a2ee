import { expect, test } from 'vitest'
import { CircuitBreaker } from './circuit-breaker.ts'

function circuit() {
  let now = 0
  const breaker = new CircuitBreaker({ failures: 2, openMs: 100, now: () => now })
  return { breaker, pass: (ms: number) => (now += ms) }
}

test('opens after consecutive failures, and a success resets their number', () => {
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

test('admits exactly one call after the open time', () => {
  const { breaker, pass } = circuit()
  breaker.failed()
  breaker.failed()
  pass(99)
  expect(breaker.admits()).toBe(false)
  pass(1)
  expect(breaker.state).toBe('half-open')
  expect([breaker.admits(), breaker.admits()]).toEqual([true, false])
})

test('closes after a successful try, and opens again after a failed one', () => {
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

test('admits another try if the first was released without a result', () => {
  const { breaker, pass } = circuit()
  breaker.failed()
  breaker.failed()
  pass(100)
  breaker.admits()
  breaker.released()
  expect(breaker.admits()).toBe(true)
})

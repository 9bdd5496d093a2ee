import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SignInRefused } from '../sign-in-refused.ts'
import { RefusedKeys } from './refused-keys.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test.each(['unknown', 'expired', 'revoked'] as const)(
  'a key that is %s is refused again for some seconds',
  (outcome) => {
    const refused = new RefusedKeys()
    const error = new SignInRefused(outcome, 'The key is refused.')
    refused.add('one', error)
    expect(() => refused.check('one')).toThrow(error)
    expect(() => refused.check('other')).not.toThrow()
    vi.advanceTimersByTime(5_000)
    expect(() => refused.check('one')).not.toThrow()
  },
)

test.each([
  ['could not be verified', new SignInRefused('unavailable', 'The database is away.')],
  ['is not confirmed', new SignInRefused('unconfirmed', 'The key is not confirmed.')],
  ['caused another error', new Error('planted')],
])('a key that %s is verified again at once', (_, error) => {
  const refused = new RefusedKeys()
  refused.add('one', error)
  expect(() => refused.check('one')).not.toThrow()
})

test('a thousand other keys displace a refused key', () => {
  const refused = new RefusedKeys()
  for (let number = 0; number <= 1_000; number += 1) refused.add(`${number}`, new SignInRefused('unknown', 'Unknown.'))
  expect(() => refused.check('0')).not.toThrow()
  expect(() => refused.check('1')).toThrow()
})

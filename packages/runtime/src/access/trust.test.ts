import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SignInRefused } from './sign-in-refused.ts'
import { Trust, VerifierAway } from './trust.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const away = (): Promise<string> => Promise.reject(new VerifierAway('the database', undefined))
const accepted = async (): Promise<string> => 'ada'
const refused = (): Promise<string> => Promise.reject(new SignInRefused('revoked', 'The key is revoked.'))
/** Outcome of a verification. */
const outcome = (given: Promise<string>): Promise<string> =>
  given.catch((error: unknown) => (error instanceof SignInRefused ? `${error.status} ${error.outcome}` : String(error)))

describe('while what verifies credentials is away', () => {
  test('a credential is accepted for the time of trust after its verification, and then refused with 503', async () => {
    const trust = new Trust<string>(60)
    await trust.verify('a', accepted)
    vi.advanceTimersByTime(59_999)
    expect(await outcome(trust.verify('a', away))).toBe('ada')
    vi.advanceTimersByTime(1)
    expect(await outcome(trust.verify('a', away))).toBe('503 unavailable')
  })

  test('being accepted does not prolong the time of trust', async () => {
    const trust = new Trust<string>(60)
    await trust.verify('a', accepted)
    for (let second = 0; second < 60; second++) {
      await outcome(trust.verify('a', away))
      vi.advanceTimersByTime(1_000)
    }
    expect(await outcome(trust.verify('a', away))).toBe('503 unavailable')
  })

  test('a credential that was never verified is refused with 503', async () => {
    expect(await outcome(new Trust<string>(300).verify('a', away))).toBe('503 unavailable')
  })

  test('a credential that was refused since its verification is refused', async () => {
    const trust = new Trust<string>(60)
    await trust.verify('a', accepted)
    expect(await outcome(trust.verify('a', refused))).toBe('401 revoked')
    expect(await outcome(trust.verify('a', away))).toBe('503 unavailable')
  })

  test('no credential is accepted without a time of trust', async () => {
    const trust = new Trust<string>(0)
    await trust.verify('a', accepted)
    expect(await outcome(trust.verify('a', away))).toBe('503 unavailable')
  })
})

test('the last 10,000 credentials are remembered', async () => {
  const trust = new Trust<string>(60)
  for (let number = 0; number <= 10_000; number++) await trust.verify(String(number), accepted)
  expect([trust.last('0'), trust.last('1')?.value, trust.last('10000')?.value]).toEqual([undefined, 'ada', 'ada'])
})

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { stillSignedIn } from './still-signed-in.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A check that answers when the test says so. */
function heldCheck() {
  const answers: ((answer: boolean) => void)[] = []
  const check = vi.fn(() => new Promise<boolean>((resolve) => answers.push(resolve)))
  return { check, answer: (valid: boolean): void => answers.shift()?.(valid) }
}

describe('the author’s code is asked about an open request', () => {
  test('not at once, and then once per pause', async () => {
    const check = vi.fn(async () => true)
    const stillValid = stillSignedIn(check)
    expect(await stillValid()).toBe(true)
    expect(check).not.toHaveBeenCalled()
    for (const times of [1, 2]) {
      vi.advanceTimersByTime(6_000)
      for (const _ of [1, 2, 3]) expect(await stillValid()).toBe(true)
      expect(check).toHaveBeenCalledTimes(times)
    }
  })

  test('in the background, and not again before it has answered', async () => {
    const { check, answer } = heldCheck()
    const stillValid = stillSignedIn(check)
    for (const _ of [1, 2, 3]) {
      vi.advanceTimersByTime(60_000)
      expect(await stillValid()).toBe(true)
    }
    expect(check).toHaveBeenCalledOnce()
    answer(false)
    await vi.waitFor(async () => expect(await stillValid()).toBe(false))
  })

  test('not again after a refusal', async () => {
    const check = vi.fn(async () => false)
    const stillValid = stillSignedIn(check)
    vi.advanceTimersByTime(6_000)
    await stillValid()
    await vi.waitFor(async () => expect(await stillValid()).toBe(false))
    vi.advanceTimersByTime(60_000)
    expect(await stillValid()).toBe(false)
    expect(check).toHaveBeenCalledOnce()
  })
})

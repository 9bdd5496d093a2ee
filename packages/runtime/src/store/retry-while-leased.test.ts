import { afterEach, expect, test, vi } from 'vitest'
import { retryWhileLeased } from './retry-while-leased.ts'

afterEach(() => {
  vi.useRealTimers()
})

const away = Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' })

/** Work that fails with these errors, one after the other, and then succeeds. */
function failing(...errors: readonly Error[]) {
  let tries = 0
  const work = async (): Promise<string> => {
    const error = errors[tries]
    tries += 1
    if (error) throw error
    return 'done'
  }
  return { work, tries: () => tries }
}

test('work is repeated while the database is away', async () => {
  const { work, tries } = failing(away, away)
  expect(await retryWhileLeased(work)).toBe('done')
  expect(tries()).toBe(3)
})

test('an error of the work itself is thrown at once', async () => {
  const { work, tries } = failing(new Error('no such column'))
  await expect(retryWhileLeased(work)).rejects.toThrow('no such column')
  expect(tries()).toBe(1)
})

test('the retries end with the time for them, and when they are aborted', async () => {
  const long = failing(...Array<Error>(6).fill(away))
  await expect(retryWhileLeased(long.work, { forMs: 1 })).rejects.toThrow('the database is away')
  expect(long.tries()).toBeGreaterThan(1)
  const aborted = failing(away, away)
  await expect(retryWhileLeased(aborted.work, { signal: AbortSignal.abort() })).rejects.toThrow('the database is away')
  expect(aborted.tries()).toBe(1)
})

test('a try that has no answer is not waited for once the lease is lost, and nothing is tried after that', async () => {
  const lost = new AbortController()
  const hanging = retryWhileLeased(() => new Promise(() => {}), { lost: lost.signal })
  lost.abort(new Error('the lease is lost'))
  await expect(hanging).rejects.toThrow('the lease is lost')
  const late = failing()
  await expect(retryWhileLeased(late.work, { lost: lost.signal })).rejects.toThrow('the lease is lost')
  expect(late.tries()).toBe(0)
})

test('a try that is under way when the attempt is stopped may finish', async () => {
  const stopped = new AbortController()
  const { promise, resolve } = Promise.withResolvers<string>()
  const answer = retryWhileLeased(() => promise, { signal: stopped.signal })
  stopped.abort()
  resolve('written')
  expect(await answer).toBe('written')
})

test('the time for retries begins with the first try: a first try that takes all of it is not repeated', async () => {
  vi.useFakeTimers()
  let tries = 0
  const work = async (): Promise<never> => {
    tries += 1
    await new Promise((resolve) => setTimeout(resolve, 30_000))
    throw away
  }
  const answer = expect(retryWhileLeased(work, { forMs: 10_000 })).rejects.toThrow('the database is away')
  await vi.advanceTimersByTimeAsync(120_000)
  await answer
  expect(tries).toBe(1)
})

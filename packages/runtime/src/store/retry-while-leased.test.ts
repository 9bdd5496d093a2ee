import { afterEach, expect, test, vi } from 'vitest'
import { retryWhileLeased } from './retry-while-leased.ts'

afterEach(() => {
  vi.useRealTimers()
})

const away = Object.assign(new Error('the database is unavailable'), { code: 'ECONNREFUSED' })

/** Returns work that fails with these errors in turn, and then succeeds. */
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

test('retries work while the database is unavailable', async () => {
  const { work, tries } = failing(away, away)
  expect(await retryWhileLeased(work)).toBe('done')
  expect(tries()).toBe(3)
})

test('throws an error of the work itself at once', async () => {
  const { work, tries } = failing(new Error('no such column'))
  await expect(retryWhileLeased(work)).rejects.toThrow('no such column')
  expect(tries()).toBe(1)
})

test('ends the retries after their maximum time, and when they are aborted', async () => {
  const long = failing(...Array<Error>(6).fill(away))
  await expect(retryWhileLeased(long.work, { forMs: 1 })).rejects.toThrow('the database is unavailable')
  expect(long.tries()).toBeGreaterThan(1)
  const aborted = failing(away, away)
  await expect(retryWhileLeased(aborted.work, { signal: AbortSignal.abort() })).rejects.toThrow(
    'the database is unavailable',
  )
  expect(aborted.tries()).toBe(1)
})

test('neither waits for a pending try nor starts another one after the lease is lost', async () => {
  const lost = new AbortController()
  const hanging = retryWhileLeased(() => new Promise(() => {}), { lost: lost.signal })
  lost.abort(new Error('the lease is lost'))
  await expect(hanging).rejects.toThrow('the lease is lost')
  const late = failing()
  await expect(retryWhileLeased(late.work, { lost: lost.signal })).rejects.toThrow('the lease is lost')
  expect(late.tries()).toBe(0)
})

test('lets a pending try finish when the attempt is stopped', async () => {
  const stopped = new AbortController()
  const { promise, resolve } = Promise.withResolvers<string>()
  const answer = retryWhileLeased(() => promise, { signal: stopped.signal })
  stopped.abort()
  resolve('written')
  expect(await answer).toBe('written')
})

test('counts the maximum time from the start of the first try, so a first try that takes all of it is not retried', async () => {
  vi.useFakeTimers()
  let tries = 0
  const work = async (): Promise<never> => {
    tries += 1
    await new Promise((resolve) => setTimeout(resolve, 30_000))
    throw away
  }
  const answer = expect(retryWhileLeased(work, { forMs: 10_000 })).rejects.toThrow('the database is unavailable')
  await vi.advanceTimersByTimeAsync(120_000)
  await answer
  expect(tries).toBe(1)
})

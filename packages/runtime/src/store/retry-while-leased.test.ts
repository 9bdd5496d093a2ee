import { expect, test } from 'vitest'
import { retryWhileLeased } from './retry-while-leased.ts'

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

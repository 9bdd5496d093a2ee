import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { late, within } from './within.ts'

const never = new Promise<never>(() => {})

test('returns the result of work that ends in time, and throws its error', async () => {
  expect(await within(Promise.resolve('done'), 60_000)).toBe('done')
  await expect(within(Promise.reject(new Error('failed')), 60_000)).rejects.toThrow('failed')
})

test('returns late for work that takes longer, whose later failure is not an unhandled rejection', async () => {
  const work = pause(20).then(() => Promise.reject(new Error('failed late')))
  expect(await within(work, 1)).toBe(late)
  await pause(40)
})

test('throws the reason of an aborted signal, before and during the wait', async () => {
  await expect(within(never, 60_000, AbortSignal.abort(new Error('cancelled')))).rejects.toThrow('cancelled')
  const cancelled = new AbortController()
  const waiting = within(never, 60_000, cancelled.signal)
  cancelled.abort(new Error('cancelled'))
  await expect(waiting).rejects.toThrow('cancelled')
})

test('returns a result that the event loop was too busy to read in time', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const answer = within(promise, 1)
  setImmediate(() => resolve('done'))
  const until = performance.now() + 5
  while (performance.now() < until);
  expect(await answer).toBe('done')
})

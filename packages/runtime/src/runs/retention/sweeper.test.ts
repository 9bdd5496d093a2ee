import { expect, test } from 'vitest'
import { createLog } from '../../log/create-log.ts'
import { createRedactor } from '../../secrets/create-redactor.ts'
import type { Removal } from './removal.ts'
import { Sweeper } from './sweeper.ts'

const log = createLog('silent', createRedactor(), 'test')

/** Removal with a backlog of some batches of 10 rows. */
const backlog = (kind: string, batches: number): Removal => {
  let left = batches
  return {
    kind,
    removeBatch: async () => {
      left -= 1
      return { removed: 10, more: left > 0 }
    },
  }
}

test('a sweep removes every backlog, and a removal that fails does not prevent the others', async () => {
  const removed: Record<string, number> = {}
  const failed: string[] = []
  const broken: Removal = { kind: 'broken', removeBatch: async () => Promise.reject(new Error('away')) }
  const sweeper = new Sweeper({
    removals: [backlog('first', 3), broken, backlog('last', 2)],
    everyMs: 60_000,
    log,
    onRemoved: (kind, count) => {
      removed[kind] = (removed[kind] ?? 0) + count
    },
    onError: (kind) => failed.push(kind),
  })
  await sweeper.sweep()
  expect({ removed, failed }).toEqual({ removed: { first: 30, last: 20 }, failed: ['broken'] })
})

test('a sweeper that is stopped ends after the batch that is under way', async () => {
  const batch = Promise.withResolvers<void>()
  let batches = 0
  const endless: Removal = {
    kind: 'endless',
    removeBatch: async () => {
      batches += 1
      await batch.promise
      return { removed: 1, more: true }
    },
  }
  const sweeper = new Sweeper({ removals: [endless, endless], everyMs: 1, log })
  sweeper.start()
  await expect.poll(() => batches).toBe(1)
  const stopped = sweeper.stop()
  batch.resolve()
  await stopped
  expect(batches).toBe(1)
})

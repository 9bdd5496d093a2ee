import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { memoryShares, smallestWorkerMemory } from './memory-shares.ts'

test('divides 2 GiB into 768 MiB for the heap of the server, 768 MiB for a suspect and 512 MiB in reserve', () => {
  expect(memoryShares(2 * 2 ** 30)).toEqual({ serverHeap: 768, suspect: 768, reserve: 512 })
})

test('the shares of every limit fit the limit, and a quarter of it is in reserve', () => {
  assert(
    property(integer({ min: smallestWorkerMemory, max: 2 ** 20 }), (mebibytes) => {
      const { serverHeap, suspect, reserve } = memoryShares(mebibytes * 2 ** 20)
      return serverHeap + suspect + reserve === mebibytes && reserve >= mebibytes / 4 && suspect > 190 + 130
    }),
  )
})

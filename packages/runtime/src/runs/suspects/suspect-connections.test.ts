import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { connectionsOfWorker, suspectConnections } from './suspect-connections.ts'

test('the three connections of the child process are subtracted from the overflow of the worker', () => {
  expect(connectionsOfWorker({ size: 10, overflow: 20 })).toEqual({ size: 10, overflow: 17 })
})

test('without overflow they are subtracted from the size of the pool', () => {
  expect(connectionsOfWorker({ size: 10, overflow: 0 })).toEqual({ size: 7, overflow: 0 })
  expect(connectionsOfWorker({ size: 1, overflow: 0 })).toEqual({ size: 1, overflow: 0 })
})

test('worker and child process together never exceed the limit of the pod, if the limit is at least four connections', () => {
  assert(
    property(integer({ min: 1, max: 50 }), integer({ min: 3, max: 50 }), (size, overflow) => {
      const own = connectionsOfWorker({ size, overflow })
      return own.size > 0 && own.overflow >= 0 && own.size + own.overflow + suspectConnections === size + overflow
    }),
  )
})

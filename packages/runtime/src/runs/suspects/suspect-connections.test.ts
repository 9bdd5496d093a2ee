import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { connectionsOfWorker, suspectConnections } from './suspect-connections.ts'

test('a worker gives up three connections of its overflow to its child process', () => {
  expect(connectionsOfWorker({ size: 10, overflow: 20 })).toEqual({ size: 10, overflow: 17 })
})

test('without overflow it gives up connections that it would keep while idle', () => {
  expect(connectionsOfWorker({ size: 10, overflow: 0 })).toEqual({ size: 7, overflow: 0 })
  expect(connectionsOfWorker({ size: 1, overflow: 0 })).toEqual({ size: 1, overflow: 0 })
})

test('worker and child process together hold no more than the pod may, from four connections on', () => {
  assert(
    property(integer({ min: 1, max: 50 }), integer({ min: 3, max: 50 }), (size, overflow) => {
      const own = connectionsOfWorker({ size, overflow })
      return own.size > 0 && own.overflow >= 0 && own.size + own.overflow + suspectConnections === size + overflow
    }),
  )
})

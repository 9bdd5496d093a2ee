import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually } from '../fixtures/eventually.ts'
import { NotificationSender } from './notification-sender.ts'

/** A sender whose statements end when the test says so. */
function heldSender(fails: (statement: number) => boolean = () => false) {
  const statements: (readonly string[])[] = []
  const dropped: unknown[] = []
  let held = Promise.withResolvers<void>()
  const sender = new NotificationSender(
    async (payloads) => {
      statements.push(payloads)
      if (fails(statements.length)) throw new Error('no connection')
      await held.promise
    },
    (error) => dropped.push(error),
  )
  const release = (): void => {
    held.resolve()
    held = Promise.withResolvers<void>()
  }
  return { sender, statements, dropped, release, free: () => held.resolve() }
}

test('notifications that gather during a statement go together into the next one, each payload once', async () => {
  const { sender, statements, release, free } = heldSender()
  sender.push('queued', true)
  sender.push('ended:1', true)
  await turn()
  for (const payload of ['run:1', 'queued', 'run:1', 'run:2']) sender.push(payload, payload === 'queued')
  await turn()
  expect(statements).toEqual([['queued', 'ended:1']])
  release()
  await eventually(
    () => statements.length,
    (count) => count === 2,
  )
  expect(statements[1]).toEqual(['run:1', 'queued', 'run:2'])
  free()
  await sender.flush()
  expect(statements).toHaveLength(2)
})

test('a burst of notifications is sent in several statements of limited size', async () => {
  const { sender, statements, free } = heldSender()
  free()
  for (let run = 0; run < 1_200; run += 1) sender.push(`run:${run}`, false)
  await sender.flush()
  expect(statements.map((one) => one.length)).toEqual([500, 500, 200])
})

test('a statement that fails is repeated', async () => {
  const { sender, statements, dropped, free } = heldSender((statement) => statement === 1)
  free()
  sender.push('queued', true)
  await sender.flush()
  expect(statements).toEqual([['queued'], ['queued']])
  expect(dropped).toEqual([])
})

test('notifications whose statement always fails are dropped, and later ones are sent', async () => {
  const { sender, statements, dropped, free } = heldSender((statement) => statement <= 3)
  free()
  sender.push('queued', true)
  await sender.flush()
  expect(dropped).toEqual([new Error('no connection')])
  sender.push('ended:1', true)
  await sender.flush()
  expect(statements.at(-1)).toEqual(['ended:1'])
})

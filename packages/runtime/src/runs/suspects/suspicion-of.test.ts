import { describe, expect, test } from 'vitest'
import { type AttemptReason, type RunAttempt, workerDiedToo } from '../../store/queries/run-attempts.ts'
import { suspicionOf } from './suspicion-of.ts'

type Given = Partial<RunAttempt> & { readonly reason: AttemptReason }

const at = (minutes: number): Date => new Date(minutes * 60_000)

const attempts = (...list: readonly Given[]): RunAttempt[] =>
  list.map((one, index) => ({
    attempt: index,
    instance_id: `process ${index}`,
    parent_id: null,
    started_at: at(index),
    ended_at: at(index),
    checkpoint_at_start: 'c1',
    detail: null,
    ...one,
  }))

const died: Given = { reason: 'process_died' }
const returned: Given = { reason: 'returned' }
const childDied: Given = { reason: 'process_died', parent_id: 'worker', detail: 'It ended with exit code 1.' }
const workerDied: Given = { reason: 'process_died', parent_id: 'worker', detail: workerDiedToo }
const kindOf = (list: readonly Given[], checkpoint: string | null = 'c1') =>
  suspicionOf(attempts(...list), checkpoint).kind

describe('a run is a suspect', () => {
  test('after two processes that executed it died at the same checkpoint', () => {
    expect(suspicionOf(attempts(died, died), 'c1')).toEqual({ kind: 'suspect', workerDeaths: 0 })
  })
  test('even if an orderly return or an attempt in a child process follows the deaths or is between them', () => {
    expect(kindOf([died, childDied, returned, died, returned, childDied])).toBe('suspect')
    expect(kindOf([died, died, { reason: 'lease_late', parent_id: 'worker' }])).toBe('suspect')
  })
  test('before it has written any checkpoint', () => {
    expect(
      kindOf(
        [died, died].map((one) => ({ ...one, checkpoint_at_start: null })),
        null,
      ),
    ).toBe('suspect')
  })
  test('after ten more workers died together with its child process', () => {
    expect(kindOf([died, died, ...Array<Given>(10).fill(workerDied)])).toBe('suspect')
  })
})

describe('a run is not a suspect', () => {
  test('after one death, or only deaths of its child processes', () => {
    expect(kindOf([])).toBe('none')
    expect(kindOf([died])).toBe('none')
    expect(kindOf([childDied, childDied, childDied, died])).toBe('none')
  })
  test('after two deaths of the same process', () => {
    const same = { ...died, instance_id: 'one' }
    expect(kindOf([same, same])).toBe('none')
  })
  test('once it has a new checkpoint', () => {
    expect(kindOf([died, died], 'c2')).toBe('none')
    expect(kindOf([died, died, childDied, childDied, childDied], 'c2')).toBe('none')
    expect(kindOf([died, { ...died, checkpoint_at_start: 'c2' }], 'c2')).toBe('none')
  })
  test.each(['lease_late', 'database', 'loop_blocked'] as const)(
    'when an attempt between the deaths ended as %s',
    (reason) => {
      expect(kindOf([died, { reason }, died])).toBe('none')
      expect(kindOf([died, died, { reason }])).toBe('none')
    },
  )
})

test('a run with three consecutive lost leases is a suspect, because it may block each worker that executes it', () => {
  const late = { reason: 'lease_late' } as const
  const blocked = { reason: 'loop_blocked' } as const
  expect(kindOf([late, blocked])).toBe('none')
  expect(kindOf([blocked, late, returned, blocked])).toBe('suspect')
  expect(kindOf([blocked, late, blocked], 'c2')).toBe('none')
  expect(kindOf([blocked, late, blocked, childDied, childDied, childDied])).toBe('guilty')
})

test('the third death of a child process whose worker survives makes a suspect guilty', () => {
  expect(kindOf([died, died, childDied, childDied])).toBe('suspect')
  expect(kindOf([died, died, childDied, workerDied, childDied, returned])).toBe('suspect')
  expect(kindOf([died, died, childDied, workerDied, childDied, returned, childDied])).toBe('guilty')
})

describe('a suspect waits', () => {
  const waitOf = (...list: readonly Given[]) => {
    const suspicion = suspicionOf(attempts(...list), 'c1')
    const last = list.length - 1
    return suspicion.kind === 'suspect' && suspicion.notBefore
      ? suspicion.notBefore.getTime() / 60_000 - last
      : undefined
  }
  test('for no time after a death of its child process', () => {
    expect(waitOf(died, died, childDied)).toBeUndefined()
  })
  test('for 1 minute after a worker died with it, twice as long after each further death, at most 1 hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 20].map((count) => waitOf(died, died, ...Array<Given>(count).fill(workerDied)))
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })
  test('for 1 minute after its child process could not start', () => {
    const failed = { reason: 'returned', parent_id: 'worker', detail: 'It did not start.' } as const
    expect(waitOf(died, died, failed)).toBe(1)
    expect(waitOf(died, died, failed, childDied)).toBeUndefined()
  })
})

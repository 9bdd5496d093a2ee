import { describe, expect, test } from 'vitest'
import type { AttemptReason, RunAttempt } from '../../store/queries/run-attempts.ts'
import { isSuspect } from './is-suspect.ts'

const attempts = (...list: readonly (Partial<RunAttempt> & { reason: AttemptReason })[]): RunAttempt[] =>
  list.map((one, index) => ({
    attempt: index,
    instance_id: `process ${index}`,
    parent_id: null,
    started_at: new Date(0),
    ended_at: new Date(1),
    checkpoint_at_start: 'c1',
    detail: null,
    ...one,
  }))

describe('a run is a suspect', () => {
  test('after two processes died with it at the same checkpoint', () => {
    expect(isSuspect(attempts({ reason: 'process_died' }, { reason: 'process_died' }), 'c1')).toBe(true)
  })
  test('although an orderly return or an attempt in a child process came after the deaths or between them', () => {
    const [first, child, returned, second] = [
      { reason: 'process_died' },
      { reason: 'process_died', parent_id: 'worker' },
      { reason: 'returned' },
      { reason: 'process_died' },
    ] as const
    expect(isSuspect(attempts(first, child, returned, second, returned, child), 'c1')).toBe(true)
  })
  test('before it has written any checkpoint', () => {
    const died = { reason: 'process_died', checkpoint_at_start: null } as const
    expect(isSuspect(attempts(died, died), null)).toBe(true)
  })
})

describe('a run is not a suspect', () => {
  test('after one death, or deaths of its child processes only', () => {
    expect(isSuspect([], null)).toBe(false)
    expect(isSuspect(attempts({ reason: 'process_died' }), 'c1')).toBe(false)
    const child = { reason: 'process_died', parent_id: 'worker' } as const
    expect(isSuspect(attempts(child, child, { reason: 'process_died' }), 'c1')).toBe(false)
  })
  test('after two deaths of the same process', () => {
    const died = { reason: 'process_died', instance_id: 'one' } as const
    expect(isSuspect(attempts(died, died), 'c1')).toBe(false)
  })
  test('once it has a new checkpoint', () => {
    const deaths = attempts({ reason: 'process_died' }, { reason: 'process_died' })
    expect(isSuspect(deaths, 'c2')).toBe(false)
    expect(
      isSuspect(attempts({ reason: 'process_died' }, { reason: 'process_died', checkpoint_at_start: 'c2' }), 'c2'),
    ).toBe(false)
  })
  test.each(['lease_late', 'database', 'loop_blocked'] as const)(
    'when an attempt between the deaths ended as %s',
    (reason) => {
      expect(isSuspect(attempts({ reason: 'process_died' }, { reason }, { reason: 'process_died' }), 'c1')).toBe(false)
      expect(isSuspect(attempts({ reason: 'process_died' }, { reason: 'process_died' }, { reason }), 'c1')).toBe(false)
    },
  )
})

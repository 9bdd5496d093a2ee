import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InstancesSeen } from '../store/queries/instances.ts'
import { judge, type Suspicions, unanswered } from './suspicions.ts'

type Look = InstancesSeen | 'no answer'
const missing = (registration = 1, epoch = 'e1'): Look => ({
  epoch,
  upMs: 3_600_000,
  missing: [{ instanceId: 'i', registration }],
})
const present = (epoch = 'e1'): Look => ({ epoch, upMs: 3_600_000, missing: [] })

/** Returns the times at which the instance was judged dead, given the results of checks at given times. */
function deathsOf(looks: readonly (readonly [at: number, look: Look])[]): number[] {
  const deaths: number[] = []
  let before: Suspicions | undefined
  for (const [at, look] of looks) {
    if (look === 'no answer') {
      before = before && unanswered(before)
      continue
    }
    const { suspicions, dead } = judge(before, look, at)
    before = suspicions
    if (dead.length > 0) deaths.push(at)
  }
  return deaths
}
const every500 = (...looks: Look[]): [number, Look][] => looks.map((look, index) => [index * 500, look])

test('an instance without its lock is dead after two seconds in which every check was answered, and not before', () => {
  expect(deathsOf(every500(missing(), missing(), missing(), missing()))).toEqual([])
  expect(deathsOf(every500(missing(), missing(), missing(), missing(), missing()))).toEqual([2_000])
})

test('with checks that are far apart the judgement takes longer: four consecutive checks must miss the instance', () => {
  const slow = Array.from({ length: 4 }, (_, index): [number, Look] => [index * 3_000, missing()])
  expect(deathsOf(slow)).toEqual([9_000])
})

test('a process that starts seconds after the database judges nobody before the database has run for ten seconds', () => {
  const young = (upMs: number): Look => ({ epoch: 'e1', upMs, missing: [{ instanceId: 'i', registration: 1 }] })
  const looks = Array.from({ length: 20 }, (_, index): [number, Look] => [index * 500, young(4_000 + index * 500)])
  expect(deathsOf(looks)[0]).toBe(6_000)
})

describe('the two seconds begin again', () => {
  const before = [missing(), missing(), missing(), missing()]
  test.each([
    ['when a check has no answer', 'no answer'],
    ['when the database restarts or fails over', missing(1, 'e2')],
    ['when the instance registers again and is missing again', missing(2)],
    ['when the instance holds its lock', present()],
  ] as const)('%s', (_, look) => {
    expect(deathsOf(every500(...before, look, missing(2), missing(2), missing(2), missing(2)))).not.toContain(2_500)
    expect(deathsOf(every500(...before, look, missing(2, 'e2')))).toEqual([])
  })
  test('after a time without a check, for example after a pause of the checking process', () => {
    expect(
      deathsOf([
        [0, missing()],
        [500, missing()],
        [1_000, missing()],
        [10_000, missing()],
        [10_500, missing()],
      ]),
    ).toEqual([])
  })
})

test('no instance is judged dead for ten seconds after the database restarted or failed over, even if checks in between had no answer', () => {
  const after = Array.from({ length: 24 }, () => missing(1, 'e2'))
  expect(deathsOf(every500(present(), 'no answer', 'no answer', ...after))[0]).toBe(11_500)
  expect(deathsOf(every500(missing(), missing(), ...after))[0]).toBe(11_000)
})

test('for every sequence of results, an instance is judged dead only by checks over two seconds that all miss the same registration in the same database', () => {
  const look = fc.oneof(
    { weight: 8, arbitrary: fc.constant(missing()) },
    fc.constantFrom<Look>('no answer', present(), present('e2'), missing(2), missing(1, 'e2')),
  )
  const looks = fc.array(fc.tuple(fc.integer({ min: 100, max: 2_000 }), look), { maxLength: 40 })
  fc.assert(
    fc.property(looks, (gaps) => {
      let at = 0
      const timed = gaps.map(([gap, one]): [number, Look] => {
        at += gap
        return [at, one]
      })
      for (const death of deathsOf(timed)) {
        const window = timed.filter(([time]) => time <= death && time >= death - 2_000)
        expect(new Set(window.map(([, one]) => JSON.stringify(one))).size).toBe(1)
        const epochs = timed
          .filter(([time]) => time <= death)
          .flatMap(([time, one]) => (one === 'no answer' ? [] : [{ time, ...one }]))
        const changes = epochs.filter(({ epoch }, index) => index > 0 && epochs[index - 1]?.epoch !== epoch)
        expect(changes.every(({ time }) => death - time >= 10_000)).toBe(true)
      }
    }),
  )
})

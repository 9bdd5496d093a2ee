import { expect, test } from 'vitest'
import { pairwise } from './pairwise-for-tests.ts'

const choices = { a: [1, 2, 3], b: ['x', 'y'], c: [true, false], d: [0, 1, 2, 3] } as const

test('every two choices of different fields meet, in fewer combinations than all', () => {
  const rows = pairwise(choices)
  for (const a of choices.a)
    for (const d of choices.d) expect(rows.some((row) => row.a === a && row.d === d)).toBe(true)
  for (const b of choices.b)
    for (const c of choices.c) expect(rows.some((row) => row.b === b && row.c === c)).toBe(true)
  expect(rows.length).toBeLessThan(3 * 2 * 2 * 4)
  expect(pairwise(choices)).toEqual(rows)
})

test('what may not stand together never does, and the rest still meets', () => {
  const allowed = ({ a, b }: { a?: number; b?: string }) => !(a === 1 && b === 'x')
  const rows = pairwise(choices, allowed)
  expect(rows.filter((row) => !allowed(row))).toEqual([])
  for (const d of choices.d) expect(rows.some((row) => row.a === 1 && row.d === d)).toBe(true)
  expect(rows.some((row) => row.a === 1 && row.b === 'y')).toBe(true)
})

test('two choices that fit together but into no whole combination are an error, not a gap', () => {
  const never = ({ a, b }: { a?: number; b?: string }) => a !== 1 || b === undefined
  expect(() => pairwise(choices, never)).toThrow(/^No whole combination has \{"a":1,/)
})

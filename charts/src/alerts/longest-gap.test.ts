import { expect, test } from 'vitest'
import { longestGapHours } from './longest-gap.ts'

test.each([
  ['15 2 * * *', 24],
  ['0 */6 * * *', 6],
  ['30 1,13 * * *', 12],
  ['0 3 * * 0', 168],
  ['0 3 * * 1-5', 72],
  ['0 0 1 * *', 31 * 24],
  ['0 0 1 * 0', 168],
  ['*/15 * * * *', 0.25],
])('the longest gap of "%s" is %d hours', (schedule, hours) => {
  expect(longestGapHours(schedule)).toBe(hours)
})

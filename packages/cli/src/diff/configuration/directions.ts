import { isDeepStrictEqual } from 'node:util'
import { longestGapHours } from '@hadal/charts/alerts/longest-gap'
import { windowSeconds } from '@hadal/platform/window-seconds'
import { quantityValue } from '../quantity-value.ts'

/** Longest gap of a cron schedule in hours. NaN if there is no schedule. */
const gapHours = (schedule: unknown): number => (typeof schedule === 'string' ? longestGapHours(schedule) : Number.NaN)

/** Whether a changed value of a field is dangerous. A value is undefined if the field is not set on that side. */
export type Direction = (before: unknown, after: unknown) => boolean

const amount = (value: unknown): number =>
  (typeof value === 'number' || typeof value === 'string' ? quantityValue(value) : undefined) ?? Number.NaN

/** The field has another value, or is set on one side only. */
export const changed: Direction = (before, after) => !isDeepStrictEqual(before, after)
/** The number or quantity becomes smaller. */
export const lowered: Direction = (before, after) => amount(after) < amount(before)
/** The number or quantity becomes larger. */
export const raised: Direction = (before, after) => amount(after) > amount(before)
/** The number or quantity becomes more than twice as large. Smaller steps are ordinary adjustments. */
export const doubled: Direction = (before, after) => amount(after) > 2 * amount(before)
/** The number or quantity becomes less than half. Smaller steps are ordinary adjustments. */
export const halved: Direction = (before, after) => amount(after) < amount(before) / 2
/** The Prometheus duration, such as `5m`, becomes longer. */
export const longer: Direction = (before, after) => windowSeconds(String(after)) > windowSeconds(String(before))
/** The longest time between two runs of the cron schedule becomes longer. */
export const rarer: Direction = (before, after) => gapHours(after) > gapHours(before)
/** The field was not set, and is now. */
export const newlySet: Direction = (before, after) => before === undefined && after !== undefined
/** The field is no longer set. */
export const unset: Direction = (before, after) => before !== undefined && after === undefined
/** The list has an item that it did not have. */
export const extended: Direction = (before, after) => {
  const old: readonly unknown[] = Array.isArray(before) ? before : []
  return Array.isArray(after) && after.some((item) => !old.includes(item))
}
/** The switch is turned off. */
export const turnedOff: Direction = (before, after) => before === true && after === false
/** The switch is off, and was on or did not exist. */
export const newlyOff: Direction = (before, after) => before !== false && after === false
/** The switch is turned on. */
export const turnedOn: Direction = (before, after) => before === false && after === true
/** The value moves towards the beginning of a list of values that starts with the weakest. */
export const weakened =
  (...weakestFirst: readonly string[]): Direction =>
  (before, after) =>
    weakestFirst.indexOf(String(after)) < weakestFirst.indexOf(String(before))
export const either =
  (...directions: readonly Direction[]): Direction =>
  (before, after) =>
    directions.some((direction) => direction(before, after))

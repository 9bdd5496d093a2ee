import { expect, it } from 'vitest'
import { CronSchedule } from './cron-schedule.ts'

const valid = (text: string) => CronSchedule.safeParse(text).success

it('accepts five fields, each within its bounds', () => {
  for (const text of ['15 2 * * *', '0 0 1 1 0', '59 23 31 12 6', '*/5 * * * *', '0,30 8-18/2 * * 1-5'])
    expect([text, valid(text)]).toEqual([text, true])
})

it('rejects too few or too many fields, values beyond a bound, reversed ranges and names', () => {
  for (const text of [
    '',
    '15 2 * *',
    '0 15 2 * * *',
    '60 2 * * *',
    '0 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 7',
    '0 18-8 * * *',
    '*/0 * * * *',
    '0 0 * * MON',
    '@daily',
    '15  2 * * *',
  ])
    expect([text, valid(text)]).toEqual([text, false])
})

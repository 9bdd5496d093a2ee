import { z } from 'zod'

const fields = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const

/** `*`, `5`, `1-5`, each with an optional `/step`, between commas. No names: what runs the schedule differs in which it knows. */
function isField(text: string, [least, most]: readonly [number, number]): boolean {
  return text.split(',').every((part) => {
    const [, range, from, to, step] = /^(\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? []
    if (range === undefined || step === '0') return false
    const [first, last] = range === '*' ? [least, most] : [Number(from), Number(to ?? from)]
    return first >= least && last <= most && first <= last
  })
}

/** A schedule in cron's five fields, in UTC. Checked here, since what runs it would refuse it only once it is synced. */
export const CronSchedule = z.string().refine((text) => {
  const parts = text.split(' ')
  return parts.length === fields.length && fields.every((bounds, index) => isField(parts[index] ?? '', bounds))
}, 'five fields of cron in numbers (minute, hour, day, month, weekday), in UTC, e.g. "15 2 * * *"')

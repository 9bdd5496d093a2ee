import { z } from 'zod'

const fields = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const

/**
 * Whether a text is a valid field of a cron schedule: `*`, `5` or `1-5`, each with an optional `/step`, or several of these separated by
 * commas. Names such as `MON` are rejected, because not every scheduler supports them.
 */
function isField(text: string, [least, most]: readonly [number, number]): boolean {
  return text.split(',').every((part) => {
    const [, range, from, to, step] = /^(\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part) ?? []
    if (range === undefined || step === '0') return false
    const [first, last] = range === '*' ? [least, most] : [Number(from), Number(to ?? from)]
    return first >= least && last <= most && first <= last
  })
}

/** Cron schedule with five fields, in UTC. It is validated here because the scheduler would reject it only after a sync. */
export const CronSchedule = z.string().refine((text) => {
  const parts = text.split(' ')
  return parts.length === fields.length && fields.every((bounds, index) => isField(parts[index] ?? '', bounds))
}, 'a cron schedule of five numeric fields (minute, hour, day, month, weekday), in UTC, e.g. "15 2 * * *"')

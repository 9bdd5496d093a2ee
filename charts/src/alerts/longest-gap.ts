/** Values of one field of a cron expression, in the syntax that `CronSchedule` of the platform allows. */
function values(text: string, [least, most]: readonly [number, number]): Set<number> {
  const found = new Set<number>()
  for (const part of text.split(',')) {
    const [range = '', step = '1'] = part.split('/')
    const [first = least, last] = range === '*' ? [least, most] : range.split('-').map((bound) => Number(bound))
    const end = last ?? (part.includes('/') ? most : first)
    for (let value = first; value <= end; value += Number(step)) found.add(value)
  }
  return found
}

const hour = 3_600_000
/**
 * Start of the four years that are searched for the longest gap of a cron schedule: they have a leap day, and nearly every weekday on every
 * date.
 */
const from = Date.UTC(2024, 0, 1)
const days = 4 * 366

/** The longest time between two runs of a cron schedule, in hours. */
export function longestGapHours(schedule: string): number {
  const [minutes = '', hours = '', dates = '', months = '', weekdays = ''] = schedule.split(' ')
  const wanted = {
    minutes: values(minutes, [0, 59]),
    hours: values(hours, [0, 23]),
    dates: values(dates, [1, 31]),
    months: values(months, [1, 12]),
    weekdays: values(weekdays, [0, 6]),
  }
  const times = [...wanted.hours]
    .sort((a, b) => a - b)
    .flatMap((h) => [...wanted.minutes].sort((a, b) => a - b).map((m) => h * hour + m * 60_000))
  // If both a date and a weekday are given, either matches, as in every cron.
  const isDay = (date: Date): boolean => {
    const [byDate, byWeekday] = [wanted.dates.has(date.getUTCDate()), wanted.weekdays.has(date.getUTCDay())]
    const day = dates === '*' || weekdays === '*' ? byDate && byWeekday : byDate || byWeekday
    return day && wanted.months.has(date.getUTCMonth() + 1)
  }
  let [longest, before]: [number, number | undefined] = [0, undefined]
  for (let day = 0; day < days; day++) {
    const midnight = from + day * 24 * hour
    if (!isDay(new Date(midnight))) continue
    for (const time of times) {
      const at = midnight + time
      if (before !== undefined) longest = Math.max(longest, at - before)
      before = at
    }
  }
  return longest / hour
}

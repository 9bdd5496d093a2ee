/** Whether a cron schedule of five numeric fields has fewer times in a year. */
export const isRarer = (before: unknown, after: unknown): boolean =>
  timesPerYear(String(after)) < timesPerYear(String(before))

function timesPerYear(schedule: string): number {
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = schedule.split(' ')
  // An ordinary year that begins on a Sunday.
  const year = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(2023, 0, 1 + index)))
  const dates = year.filter((date) => {
    const [inMonth, inWeek] = [matches(days, date.getUTCDate(), 1), matches(weekdays, date.getUTCDay(), 0)]
    // If both are restricted, cron fires when either one matches.
    const fires = days === '*' || weekdays === '*' ? inMonth && inWeek : inMonth || inWeek
    return fires && matches(months, date.getUTCMonth() + 1, 1)
  })
  return dates.length * count(hours, 24) * count(minutes, 60)
}

const count = (field: string, values: number): number =>
  Array.from({ length: values }, (_, value) => value).filter((value) => matches(field, value, 0)).length

function matches(field: string, value: number, first: number): boolean {
  return field.split(',').some((part) => {
    const [range = '', step = '1'] = part.split('/')
    const [from = '', to = part.includes('/') ? '' : from] = range.split('-')
    const start = range === '*' ? first : Number(from)
    const end = range === '*' || to === '' ? Number.POSITIVE_INFINITY : Number(to)
    return value >= start && value <= end && (value - start) % Number(step) === 0
  })
}

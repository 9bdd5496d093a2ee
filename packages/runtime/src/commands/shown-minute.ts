/** Returns a time to the minute in UTC, such as `2026-11-30 02:15`. */
export const shownMinute = (time: Date): string => time.toISOString().slice(0, 16).replace('T', ' ')

import type { Environment } from '@hadal/platform/environment'
import { longestGapHours } from './longest-gap.ts'
import { series } from './metrics.ts'

/** Hours after a backup should have begun, or a restore drill, in which it must have ended: the time for it and for one retry. */
const slackHours = { backup: 3, drill: 6 } as const

/** Whether `hadal-runtime backup` makes backups of the environment, and `hadal-runtime drill` restores them. */
export const hasArchive = ({ backup }: Environment): boolean => backup.kind === 's3'

/** Maximum age of the newest backup of `hadal-runtime backup`, in hours: the longest gap of its schedule plus the time for a backup. */
export const mostBackupHours = ({ backup }: Environment): number =>
  backup.kind === 's3' ? Math.ceil(longestGapHours(backup.archive.schedule)) + slackHours.backup : 0

/** Maximum age of the newest successful restore drill, in hours. */
export const mostDrillHours = ({ backup }: Environment): number =>
  backup.kind === 's3' ? Math.ceil(longestGapHours(backup.drill.schedule)) + slackHours.drill : 0

/**
 * Samples of the time of a last success whose age at the beginning of a case is a number of seconds. promtool's clock starts at 0, so the time is negative.
 *
 * @param metric name of the metric
 */
export const endedBefore = (environment: Environment, metric: string, seconds: number) => ({
  series: series(environment, metric, { pod: 'a' }),
  values: `${-seconds}x180`,
})

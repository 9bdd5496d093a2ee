import type { Json } from '@hadal/charts/rendered-object'
import { at, listAt, textAt } from '@hadal/charts/validate/read-json'
import { agentNames } from '@hadal/platform/names'
import type { Danger, DangerRule } from '../compared.ts'

const why = 'Data that is lost after this change may be impossible to restore.'

/** Names of the CronJobs that create and test backups. */
const backupJobs: readonly string[] = [agentNames.backup, agentNames.drill]

/** Finds backups that are removed or suspended, or that are kept for a shorter time. */
export const weakerBackups: DangerRule = ({ kind, name, before, after }) => {
  if (!before) return []
  const isBackup =
    kind === 'ScheduledBackup' || kind === 'ObjectStore' || (kind === 'CronJob' && backupJobs.includes(name))
  if (isBackup && !after) return [{ field: '', what: `${kind} ${name} is removed.`, why }]
  if (!after) return []
  const dangers: Danger[] = []
  if (isBackup && at(before, 'spec', 'suspend') !== true && at(after, 'spec', 'suspend') === true)
    dangers.push({ field: 'spec.suspend', what: 'The backups are suspended.', why })
  const [kept, keeps] = [textAt(before, 'spec', 'retentionPolicy'), textAt(after, 'spec', 'retentionPolicy')]
  if (days(keeps) < days(kept))
    dangers.push({ field: 'spec.retentionPolicy', what: `Backups are kept for ${keeps} instead of ${kept}.`, why })
  if (kind === 'Cluster' && archives(before) && !archives(after))
    dangers.push({ field: 'spec.plugins', what: 'The write-ahead log is no longer archived.', why })
  return dangers
}

const archives = (cluster: Json): boolean =>
  at(cluster, 'spec', 'backup') !== undefined ||
  listAt(cluster, 'spec', 'plugins').some(
    (plugin) => at(plugin, 'isWALArchiver') === true && at(plugin, 'enabled') !== false,
  )

/** Converts Barman's retention policy, e.g. `35d`, `5w` or `2m`, to days. Without a policy, backups are kept forever. */
function days(policy: string | undefined): number {
  const [, count, unit] = /^(\d+)([dwm])$/.exec(policy ?? '') ?? []
  return count === undefined ? Number.POSITIVE_INFINITY : Number(count) * { d: 1, w: 7, m: 30 }[unit as 'd' | 'w' | 'm']
}

import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import { postgresNames } from '@hadal/platform/names'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inObject, manifestFile, objectTitle, serverCan, settingPlace } from '../evidence.ts'

/** Checklist item: the database has scheduled backups, a destination for them, alerts about them, and a restore that a test proves. */
export const backupSchedule: ChecklistItem = {
  id: 'backup-schedule',
  title: 'Backup schedule',
  group: 'recommended',
  answer: (subject) => {
    const { backup } = subject.environment
    if (backup.kind === 'none') {
      const problem = 'backup.kind is "none": lost data can not be restored.'
      const mend = "Set backup to { kind: 's3', bucket: … } and store the bucket's keys in backup-credentials."
      return together({ missing: [{ problem, mend, ...settingPlace(subject, ['backup']) }] })
    }
    return together(scheduled(subject), stored(subject), watched(subject), restored(subject))
  },
}

function scheduled(subject: Subject): Partial<Answer> {
  const schedule = subject.objects.find(
    ({ kind, object }) =>
      kind === 'ScheduledBackup' && textAt(object, 'spec', 'cluster', 'name') === postgresNames.cluster,
  )
  if (!schedule)
    return {
      missing: [
        {
          problem: 'The database has no scheduled backup: there is no ScheduledBackup for it.',
          mend: 'Fix charts/src/components/postgres.ts.',
        },
      ],
    }
  if (recordAt(schedule.object, 'spec').suspend === true)
    return {
      missing: [
        {
          problem: `${objectTitle(schedule)} is suspended.`,
          mend: 'Fix charts/src/components/postgres/cloud-native-pg-backup.ts.',
          file: manifestFile(subject, schedule),
          line: inObject(subject, schedule, ['spec', 'suspend'], '').line,
        },
      ],
    }
  const says = `A base backup at "${textAt(schedule.object, 'spec', 'schedule')}" (seconds first, UTC)`
  return { evidence: [inObject(subject, schedule, ['spec', 'schedule'], says)] }
}

function stored(subject: Subject): Partial<Answer> {
  const cluster = subject.objects.find(({ kind, name }) => kind === 'Cluster' && name === postgresNames.cluster)
  const plugins = cluster ? listAt(cluster.object, 'spec', 'plugins') : []
  const names = plugins.map((plugin) => textAt(plugin, 'parameters', 'barmanObjectName'))
  const store = subject.objects.find(({ kind, name }) => kind === 'ObjectStore' && names.includes(name))
  if (store) {
    const says = `Base backups and the write-ahead log go to ${textAt(store.object, 'spec', 'configuration', 'destinationPath')}`
    return { evidence: [inObject(subject, store, ['spec', 'configuration', 'destinationPath'], says)] }
  }
  const problem = 'No plugin of the Cluster names an ObjectStore, so backups have no destination.'
  return { missing: [{ problem, mend: 'Fix charts/src/components/postgres/cloud-native-pg-backup.ts.' }] }
}

/** Names of the alerts about a base backup that failed, and about the age of the newest one. */
const alerts = ['PostgresBackupFailed', 'PostgresBackupAge']

function watched(subject: Subject): Partial<Answer> {
  const found = subject.objects
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap((rendered) =>
      listAt(rendered.object, 'spec', 'groups').flatMap((group, index) =>
        listAt(group, 'rules').map((rule, at) => ({
          name: textAt(rule, 'alert'),
          place: inObject(subject, rendered, ['spec', 'groups', index, 'rules', at], alerts.join(' and ')),
        })),
      ),
    )
  const without = alerts.filter((alert) => !found.some(({ name }) => name === alert))
  const first = found.find(({ name }) => name === alerts[0])
  if (without.length === 0 && first)
    return { evidence: [{ ...first.place, says: 'Alerts tell about a backup that failed or is too old' }] }
  const mend = 'Fix charts/src/alerts, or it stays unnoticed that backups fail.'
  return { missing: without.map((alert) => ({ problem: `There is no alert ${alert}.`, mend })) }
}

/** A schedule alone is no backup: only a restore shows that data can be had back. */
const restored = (subject: Subject): Partial<Answer> =>
  serverCan(subject, 'backupRestore', {
    mend: 'Until then, restore a backup by hand into another namespace, as docs/incident-response.md says, before you rely on it.',
  })

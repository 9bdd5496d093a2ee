import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import { servingCluster } from '@hadal/platform/database-clusters'
import { agentNames } from '@hadal/platform/names'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inConfig, inObject, manifestFile, objectTitle, serverCan, settingPlace } from '../evidence.ts'

/**
 * Checklist item: backups and restore drills are scheduled, backups have a destination, alerts tell about both, a test proves the restore, and backups of
 * a protected environment are encrypted. A CloudNativePG database also has base backups and an archive of its write-ahead log.
 */
export const backupSchedule: ChecklistItem = {
  id: 'backup-schedule',
  title: 'Backup schedule',
  group: 'recommended',
  answer: (subject) => {
    const { backup, postgres } = subject.environment
    if (backup.kind === 'none') return without(subject)
    return together(
      ...cronJobs.map((cronJob) => runs(subject, cronJob)),
      targeted(subject),
      ...(postgres.kind === 'cnpg' ? [scheduled(subject), stored(subject)] : []),
      watched(subject),
      restored(subject),
      encrypted(subject),
    )
  },
}

interface CronJob {
  readonly name: string
  readonly does: string
  readonly file: string
}

/** The CronJobs without which there is no tested backup. A schedule alone is no backup: only a restore shows that data can be had back. */
const cronJobs: readonly CronJob[] = [
  { name: agentNames.backup, does: 'A backup', file: 'charts/src/components/agent/backup-cron-job.ts' },
  {
    name: agentNames.drill,
    does: 'A drill that restores the newest backup',
    file: 'charts/src/components/agent/drill-cron-job.ts',
  },
]

function runs(subject: Subject, { name, does, file }: CronJob): Partial<Answer> {
  const cronJob = subject.objects.find((rendered) => rendered.kind === 'CronJob' && rendered.name === name)
  if (!cronJob) return { missing: [{ problem: `There is no CronJob ${name}.`, mend: `Fix ${file}.` }] }
  if (recordAt(cronJob.object, 'spec').suspend === true)
    return {
      missing: [
        {
          problem: `${objectTitle(cronJob)} is suspended.`,
          mend: `Fix ${file}.`,
          file: manifestFile(subject, cronJob),
          line: inObject(subject, cronJob, ['spec', 'suspend'], '').line,
        },
      ],
    }
  const says = `${does} at "${textAt(cronJob.object, 'spec', 'schedule')}" (UTC)`
  return { evidence: [inObject(subject, cronJob, ['spec', 'schedule'], says)] }
}

function targeted(subject: Subject): Partial<Answer> {
  const settings = subject.objects.find(({ kind, name }) => kind === 'ConfigMap' && name === agentNames.settings)
  const target = settings && textAt(settings.object, 'data', 'BACKUP_TARGET')
  if (settings && target)
    return { evidence: [inObject(subject, settings, ['data', 'BACKUP_TARGET'], `Backups go to ${target}`)] }
  const problem = 'The settings of the server have no BACKUP_TARGET, so backups have no destination.'
  return { missing: [{ problem, mend: 'Fix charts/src/components/agent/variables.ts.' }] }
}

/** Encryption of backups: a protected environment lacks it without a recipient; elsewhere that is a note. */
function encrypted(subject: Subject): Partial<Answer> {
  const { backup, postgres, protected: isProtected } = subject.environment
  if (backup.kind === 'none') return {}
  if (backup.archive.recipients.length > 0) {
    const path = ['backup', 'archive', 'recipients']
    return {
      evidence: [
        inConfig(subject, path, `Backups are encrypted for ${backup.archive.recipients.length} age recipients`),
      ],
      notes: postgres.kind === 'cnpg' ? [plainArchive] : [],
    }
  }
  const problem =
    'backup.archive.recipients is empty, so backups are not encrypted: a person with read access to the bucket can read the threads in them.'
  if (!isProtected) return { notes: [problem] }
  const mend =
    'Create an age key and set backup.archive.recipients, as docs/how-to/set-up-backups.md says under "Encrypt backups".'
  return { missing: [{ problem, mend, ...settingPlace(subject, ['backup']) }] }
}

const plainArchive =
  "The recipients don't encrypt the base backups and the write-ahead log of CloudNativePG in the same bucket: let the storage encrypt the bucket, and allow few people to read it."

/** Who uses an environment, as parts of a sentence: the fields by which others reach it. Empty if nobody outside the namespace is named. */
function users({ access, exposure }: Subject['environment']): string[] {
  const namespaces = exposure.kind === 'internal' ? exposure.clientNamespaces : []
  return [
    ...(access.kind === 'open' ? [] : [`people sign in (access.kind "${access.kind}")`]),
    ...(exposure.kind === 'internal' ? [] : [`clients outside of the cluster call ${exposure.host}`]),
    ...(namespaces.length > 0 ? [`pods in ${namespaces.join(', ')} call the API`] : []),
  ]
}

function without(subject: Subject): Answer {
  const found = users(subject.environment)
  const others = found.length > 0 ? ` Others use this environment: ${found.join('; ')}.` : ''
  return together({
    missing: [
      {
        problem: `backup.kind is "none": lost data can not be restored.${others}`,
        mend: "Set backup to { kind: 's3', bucket: … } and store the bucket's keys in backup-credentials, as docs/how-to/set-up-backups.md says.",
        ...settingPlace(subject, ['backup']),
      },
    ],
  })
}

function scheduled(subject: Subject): Partial<Answer> {
  const schedule = subject.objects.find(
    ({ kind, object }) =>
      kind === 'ScheduledBackup' && textAt(object, 'spec', 'cluster', 'name') === servingCluster(subject.environment),
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
  const cluster = subject.objects.find(
    ({ kind, name }) => kind === 'Cluster' && name === servingCluster(subject.environment),
  )
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

/** Names of the alerts about CloudNativePG's base backups: one that failed, and the age of the newest one. */
const alertsOfDatabase = ['PostgresBackupFailed', 'PostgresBackupAge']
/** Names of the alerts about backups and restore drills (one that failed, and the age of the newest one), deletions that no backup knows of, and restored runs that wait. */
const alertsOfBackups = [
  'AgentBackupFailed',
  'AgentBackupLate',
  'RestoreDrillFailed',
  'RestoreDrillLate',
  'DeletionLogLate',
  'RunsUnderReview',
]

function watched(subject: Subject): Partial<Answer> {
  const alerts = [...alertsOfBackups, ...(subject.environment.postgres.kind === 'cnpg' ? alertsOfDatabase : [])]
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
    return { evidence: [{ ...first.place, says: 'Alerts tell about backups and drills that failed or are too old' }] }
  const mend = 'Fix charts/src/alerts, or it stays unnoticed that backups fail.'
  return { missing: without.map((alert) => ({ problem: `There is no alert ${alert}.`, mend })) }
}

const restored = (subject: Subject): Partial<Answer> =>
  serverCan(subject, 'backupRestore', {
    mend: 'Until then, restore a backup by hand into a database of its own, as docs/how-to/restore-a-lost-database.md says, before you rely on it.',
  })

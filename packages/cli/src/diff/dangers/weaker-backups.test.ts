import { expect, test } from 'vitest'
import { type Case, cluster, dangers, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a removed schedule',
    [object('ScheduledBackup', {})],
    [],
    ['weaker-backups: ScheduledBackup x: ScheduledBackup x is removed.'],
  ],
  [
    'a suspended schedule',
    [object('ScheduledBackup', { spec: {} })],
    [object('ScheduledBackup', { spec: { suspend: true } })],
    ['weaker-backups: ScheduledBackup x: The backups are suspended.'],
  ],
  [
    'backups that are kept for a shorter time',
    [object('ObjectStore', { spec: { retentionPolicy: '5w' } })],
    [object('ObjectStore', { spec: { retentionPolicy: '30d' } })],
    ['weaker-backups: ObjectStore x: Backups are kept for 30d instead of 5w.'],
  ],
  [
    'a write-ahead log that is no longer archived',
    [cluster({ plugins: [{ name: 'barman', isWALArchiver: true }] })],
    [cluster({})],
    ['weaker-backups: Cluster x: The write-ahead log is no longer archived.'],
  ],
  [
    'a removed drill',
    [object('CronJob', {}, 'deep-agents-drill')],
    [],
    ['weaker-backups: CronJob deep-agents-drill: CronJob deep-agents-drill is removed.'],
  ],
  [
    'a suspended CronJob of backups',
    [object('CronJob', { spec: {} }, 'deep-agents-backup')],
    [object('CronJob', { spec: { suspend: true } }, 'deep-agents-backup')],
    ['weaker-backups: CronJob deep-agents-backup: The backups are suspended.'],
  ],
  ['any other CronJob removed', [object('CronJob', {}, 'report')], [], []],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})

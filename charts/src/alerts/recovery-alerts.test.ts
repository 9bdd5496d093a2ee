import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { alerts } from './all.ts'
import { hasArchive } from './recovery-schedules.ts'

const recoveryAlerts = [
  'AgentBackupLate',
  'AgentBackupFailed',
  'RestoreDrillLate',
  'RestoreDrillFailed',
  'RunsUnderReview',
  'DeletionLogLate',
]

test.each([
  ['with backups has', soundEnvironment({ backup: { kind: 's3', bucket: 'backups', region: 'eu-central-1' } })],
  ['without backups has none of', soundEnvironment({ backup: { kind: 'none' } })],
])('an environment %s the alerts about backups, drills and restored runs', (_, environment) => {
  const names = alerts.filter(({ concerns = () => true }) => concerns(environment)).map(({ name }) => name)
  expect(names.filter((name) => recoveryAlerts.includes(name))).toEqual(hasArchive(environment) ? recoveryAlerts : [])
})

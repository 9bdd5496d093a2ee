import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const kept = (checkpointDays: number, backup: object) => ({ ...soundInput, retention: { checkpointDays }, backup })
const backup = { kind: 's3', bucket: 'backups', retentionDays: 35 }

it('accepts checkpoints that are kept as long as backups', () => {
  expect(sentencesAbout(kept(35, backup))).toEqual([])
})

it('rejects checkpoints that are kept longer than backups', () => {
  expect(sentencesAbout(kept(36, backup))).toEqual([
    'retention.checkpointDays = 36: Must be at most backup.retentionDays (35). Lower it, or raise backup.retentionDays.',
  ])
})

it('compares with the backups that are kept longest', () => {
  expect(sentencesAbout(kept(90, { ...backup, archive: { retentionDays: 90 } }))).toEqual([])
  expect(sentencesAbout(kept(91, { ...backup, archive: { retentionDays: 90 } }))).toEqual([
    'retention.checkpointDays = 91: Must be at most backup.archive.retentionDays (90). Lower it, or raise backup.archive.retentionDays.',
  ])
})

it('compares with the archive if the database has no other backups', () => {
  const external = {
    ...kept(36, { ...backup, retentionDays: 90 }),
    postgres: { kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'] },
  }
  expect(sentencesAbout(external)).toEqual([
    'retention.checkpointDays = 36: Must be at most backup.archive.retentionDays (35). Lower it, or raise backup.archive.retentionDays.',
  ])
})

it('rejects backups of the database that reach back further than the log of deletions', () => {
  expect(sentencesAbout(kept(35, { ...backup, retentionDays: 36 }))).toEqual([
    'backup.archive.retentionDays = 35: Must be at least backup.retentionDays (36): the log of deletions is kept as long as the archive, and a recovery to an earlier time would bring deleted threads and users back. Raise it, or lower backup.retentionDays.',
  ])
})

it('accepts any retention if there are no backups', () => {
  expect(sentencesAbout(kept(3650, { kind: 'none' }))).toEqual([])
})

const threads = (minutes: number, rest: object = {}, strategy = 'delete') => ({
  ...soundInput,
  retention: { threads: { strategy, minutes } },
  approvals: { expireHours: 2 },
  ...rest,
})

it('accepts threads that live as long as an approval may wait', () => {
  expect(sentencesAbout(threads(120))).toEqual([])
})

it('rejects threads that are deleted before an approval expires', () => {
  expect(sentencesAbout(threads(119))).toEqual([
    'retention.threads.minutes = 119: Must be at least 120: a tool call may wait for its approval for 2 hours (approvals.expireHours), and its thread would be deleted before. Raise it to 120 or more, lower approvals.expireHours, or use the strategy "keep_latest".',
  ])
})

it('accepts any time of threads that only lose old checkpoints, or whose tool calls need no approval', () => {
  expect(sentencesAbout(threads(1, {}, 'keep_latest'))).toEqual([])
  expect(sentencesAbout(threads(1, { approvals: { enabled: false } }))).toEqual([])
})

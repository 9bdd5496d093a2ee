import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const kept = (checkpointDays: number, backup: object) => ({ ...soundInput, retention: { checkpointDays }, backup })
const backup = { kind: 's3', bucket: 'backups', retentionDays: 35 }

it('lets checkpoints live as long as backups', () => {
  expect(sentencesAbout(kept(35, backup))).toEqual([])
})

it('refuses checkpoints that outlive backups', () => {
  expect(sentencesAbout(kept(36, backup))).toEqual([
    'retention.checkpointDays = 36: Allowed is at most backup.retentionDays (35). Lower it, or raise backup.retentionDays.',
  ])
})

it('has nothing to compare where there are no backups', () => {
  expect(sentencesAbout(kept(3650, { kind: 'none' }))).toEqual([])
})

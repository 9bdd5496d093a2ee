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

it('accepts any retention if there are no backups', () => {
  expect(sentencesAbout(kept(3650, { kind: 'none' }))).toEqual([])
})

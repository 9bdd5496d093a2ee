import { expect, it } from 'vitest'
import { ageRecipients } from '../fixtures/age-recipients.ts'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const encrypted = (backup: object) => ({ ...soundInput, encryption: 'required', backup })
const s3 = { kind: 's3', bucket: 'backups' }

it('rejects backups without a recipient if data must be encrypted', () => {
  expect(sentencesAbout(encrypted(s3))).toEqual([
    'backup.archive.recipients = []: Must have an age recipient, because encryption is "required". Run age-keygen, keep the identity outside of the cluster too, and write its public key (age1…) here.',
  ])
})

it('accepts backups with a recipient, and an environment without backups', () => {
  expect(sentencesAbout(encrypted({ ...s3, archive: { recipients: [ageRecipients.one] } }))).toEqual([])
  expect(sentencesAbout(encrypted({ kind: 'none' }))).toEqual([])
})

it('accepts backups without a recipient if encryption is off', () => {
  expect(sentencesAbout({ ...soundInput, backup: s3 })).toEqual([])
})

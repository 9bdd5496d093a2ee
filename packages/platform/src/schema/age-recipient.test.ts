import { describe, expect, it } from 'vitest'
import { ageRecipients } from '../fixtures/age-recipients.ts'
import { AgeRecipient } from './age-recipient.ts'

describe('a recipient of backups', () => {
  it.each(Object.values(ageRecipients))('accepts %s', (recipient) => {
    expect(AgeRecipient.safeParse(recipient).success).toBe(true)
  })

  it('is rejected with each of its letters replaced', () => {
    const { one } = ageRecipients
    for (let at = 'age1'.length; at < one.length; at++) {
      const other = one[at] === 'q' ? 'p' : 'q'
      const mistyped = `${one.slice(0, at)}${other}${one.slice(at + 1)}`
      expect(AgeRecipient.safeParse(mistyped).success, mistyped).toBe(false)
    }
  })

  it.each([
    '',
    'age1',
    'AGE-SECRET-KEY-1QQQ',
    'ssh-ed25519 AAAA',
    `${ageRecipients.one} `,
    ageRecipients.one.toUpperCase(),
  ])('rejects "%s"', (text) => {
    expect(AgeRecipient.safeParse(text).error?.issues[0]?.message).toContain('an age recipient')
  })
})

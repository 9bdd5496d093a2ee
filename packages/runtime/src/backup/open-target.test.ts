import { expect, test } from 'vitest'
import { createBlockEncoder } from './block-codec.ts'
import { openTarget } from './open-target.ts'

test.each(['s3://backups/%E0%A4%A', 'file:///backups/%2Fx'])('the address %s is refused by its name', (target) => {
  expect(() => openTarget({ BACKUP_TARGET: target, BACKUP_REGION: '' })).toThrow(`BACKUP_TARGET is "${target}", whose`)
})

test('an identity in the place of a recipient is not in the error', async () => {
  await expect(createBlockEncoder(['AGE-SECRET-KEY-1QQQ'])).rejects.toThrow(
    /^A value of BACKUP_RECIPIENTS is not an age recipient/,
  )
  await expect(createBlockEncoder(['age1qqq'])).rejects.toThrow('"age1qqq" is not an age recipient')
})

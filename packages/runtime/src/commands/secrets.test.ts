import { createFernet, generateFernetKey } from '@hadal/platform/fernet'
import { describe, expect, test } from 'vitest'
import { secrets } from './secrets.ts'

const [older, newer] = [generateFernetKey(), generateFernetKey()]
const input = (text: string) => async (): Promise<string> => text

test('generate-key prints a new valid key each time, without input', async () => {
  const [one, two] = [
    await secrets('generate-key', undefined, input('')),
    await secrets('generate-key', undefined, input('')),
  ]
  expect(one).not.toBe(two)
  const keys = createFernet([one.trim()])
  expect(keys.decrypt(keys.encrypt('text'))).toBe('text')
})

describe('encrypt', () => {
  test('encrypts the one line of its input with the first key', async () => {
    const token = await secrets('encrypt', `${newer},${older}`, input('sk-ant-x\n'))
    expect(createFernet([newer]).decrypt(token.trim())).toBe('sk-ant-x')
  })

  test('rejects empty input, several lines, and a missing key', async () => {
    await expect(secrets('encrypt', newer, input('\n'))).rejects.toThrow('The standard input is empty.')
    await expect(secrets('encrypt', newer, input('a\nb\n'))).rejects.toThrow('Send one key at a time.')
    await expect(secrets('encrypt', undefined, input('a'))).rejects.toThrow('ENCRYPTION_KEY is not set.')
  })
})

describe('rotate', () => {
  test('encrypts every token again with the first key', async () => {
    const tokens = ['one', 'two'].map((text) => createFernet([older]).encrypt(text))
    const rotated = await secrets('rotate', `${newer}\n${older}`, input(`${tokens.join('\n')}\n`))
    expect(
      rotated
        .trim()
        .split('\n')
        .map((token) => createFernet([newer]).decrypt(token)),
    ).toEqual(['one', 'two'])
  })

  test('names the line that it can not decrypt, without its content, and prints nothing', async () => {
    const tokens = [createFernet([older]).encrypt('one'), createFernet([generateFernetKey()]).encrypt('two')]
    const failed = secrets('rotate', `${newer},${older}`, input(tokens.join('\n')))
    await expect(failed).rejects.toThrow(/^Line 2 can't be rotated: None of the 2 keys decrypts the token\./)
    await expect(failed).rejects.not.toThrow(tokens[1])
  })
})

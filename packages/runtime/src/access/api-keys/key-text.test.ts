import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRedactor } from '../../secrets/create-redactor.ts'
import { newKeyText, parseKeyText } from './key-text.ts'

const made = Array.from({ length: 200 }, newKeyText)

describe('an API key', () => {
  test('has an id and a hash, and no other key has them', () => {
    const parsed = made.map((text) => parseKeyText(text))
    expect(parsed.every((key) => key !== undefined)).toBe(true)
    expect(new Set(parsed.map((key) => key?.id)).size).toBe(made.length)
    expect(new Set(parsed.map((key) => key?.hash.toString('hex'))).size).toBe(made.length)
  })

  test('with one other character is not a key', () => {
    const [text = ''] = made
    for (let place = 0; place < text.length; place++) {
      const other = text[place] === 'a' ? 'b' : 'a'
      expect(parseKeyText(`${text.slice(0, place)}${other}${text.slice(place + 1)}`)).toBeUndefined()
    }
  })

  test.each([
    ['a part of a key', (text: string) => text.slice(0, -1)],
    ['a key with another character at its end', (text: string) => `${text}x`],
    ['a key with a line break', (text: string) => `${text}\n`],
    ['an empty text', () => ''],
  ])('%s is not a key', (_name, changed) => {
    expect(parseKeyText(changed(made[0] ?? ''))).toBeUndefined()
  })

  test('is redacted wherever it is logged', () => {
    for (const text of made) expect(createRedactor().text(`sent ${text}, again`)).toBe('sent [redacted], again')
  })
})

describe('the rule of the secret scanner', () => {
  const configuration = readFileSync(join(import.meta.dirname, '../../../../../.gitleaks.toml'), 'utf8')
  const rule = new RegExp(/regex = '''(.*)'''/.exec(configuration)?.[1] ?? 'no rule')

  test('matches every key in a file', () => {
    for (const text of made)
      expect([`HADAL_KEY=${text}`, `"${text}"`, `Bearer ${text}\n`].filter((line) => !rule.test(line))).toEqual([])
  })

  test('matches no id of a key, no variable and no ordinary text', () => {
    const [text = ''] = made
    const others = [
      text.split('_')[1] ?? '',
      text.slice(0, 40),
      'hadal_runtime_keys',
      `hadal_${'a'.repeat(80)}`,
      'hadal-runtime keys',
    ]
    expect(others.filter((other) => rule.test(other))).toEqual([])
  })
})

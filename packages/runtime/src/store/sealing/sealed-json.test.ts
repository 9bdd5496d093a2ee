import { generateFernetKey } from '@hadal/platform/fernet'
import { expect, test } from 'vitest'
import { createSeals } from '../../secrets/create-seals.ts'
import { partOf } from './opened-search.ts'
import { isSealed, openedJson, openedOnUse, openedText, sealedJson, sealedText } from './sealed-json.ts'
import { SealError } from './sealer.ts'

const key = generateFernetKey()
const seals = createSeals({ ENCRYPTION: 'required', ENCRYPTION_KEY: key })
const reading = createSeals({ ENCRYPTION: 'off', ENCRYPTION_KEY: key })
const [place, other] = [
  ['hadal.run.error', 'acme', '1'],
  ['hadal.thread.error', 'acme', '2'],
] as const
const text = '{"b":1,"a":["é\\u0000"]}'

test('a value is sealed for each of its places, with fields that stay readable', () => {
  const stored: unknown = JSON.parse(sealedJson(seals, text, [place, other], { digests: ['d'] }))
  expect(isSealed(stored)).toBe(true)
  expect(stored).toMatchObject({ digests: ['d'] })
  for (const one of [place, other]) {
    expect(openedJson(seals, stored, one)).toEqual(JSON.parse(text))
    expect(openedJson(reading, stored, one)).toEqual(JSON.parse(text))
  }
  expect(() => openedJson(seals, stored, ['hadal.run.error', 'acme', '2'])).toThrow(SealError)
  expect(() => openedJson(undefined, stored, place)).toThrow(
    /encrypted with the key [0-9a-f]{16}, and ENCRYPTION_KEY is not set/,
  )
})

test('without encryption, values and texts are as before', () => {
  for (const off of [undefined, reading]) {
    expect(sealedJson(off, text, [place])).toBe(text)
    expect(sealedText(off, text, place)).toBe(text)
    expect(openedText(off, text, place)).toBe(text)
  }
  for (const plain of [null, 1, 'hadal:sealed', [], {}, { 'hadal:sealed': 1 }])
    expect(openedJson(seals, plain, place)).toBe(plain)
})

test('a text is sealed and opened, also an empty one', () => {
  for (const one of ['', text]) {
    const stored = sealedText(seals, one, place)
    expect(stored).toMatch(/^hadal:sealed:/)
    expect(openedText(reading, stored, place)).toBe(one)
  }
})

test('a row whose column can not be opened throws only when the column is used', () => {
  const row = { id: 1, error: JSON.parse(sealedJson(seals, text, [place])) }
  const opened = openedOnUse(undefined, row, { error: place })
  expect(opened.id).toBe(1)
  expect(() => opened.error).toThrow(SealError)
})

test.each([
  [{ a: [{ b: 1 }] }, ['a', '-1', 'b'], 1],
  [{ a: [1, 2] }, ['a', '1'], 2],
  [{ a: [1, 2] }, ['a', 'x'], null],
  [{ a: [1, 2] }, ['a', '2'], null],
  [{ a: null }, ['a'], null],
  [{ a: 'text' }, ['a', '0'], null],
  [{ '1': 'one' }, ['1'], 'one'],
  [{}, ['constructor'], null],
  [{ a: 1 }, [], { a: 1 }],
])('the part of %j at %j is %j', (value, path, part) => {
  expect(partOf(value, path)).toEqual(part)
})

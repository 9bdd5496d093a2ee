import { generateFernetKey } from '@hadal/platform/fernet'
import { expect, test } from 'vitest'
import { sealedKeyId } from '../store/sealing/sealed-key-id.ts'
import { SealError } from '../store/sealing/sealer.ts'
import { createSealer } from './create-sealer.ts'

const place = ['hadal.run.request', 'acme', '4d1b']
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

function thrown(action: () => unknown): SealError {
  try {
    action()
  } catch (error) {
    if (error instanceof SealError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

test('opens what it sealed, also empty bytes and a megabyte', () => {
  const sealer = createSealer(generateFernetKey())
  for (const bytes of [Buffer.alloc(0), Buffer.from('secret'), Buffer.alloc(1_000_000, 'x')])
    expect(sealer.open(sealer.seal(bytes, place), place)).toEqual(bytes)
})

test('seals the same bytes differently each time, without their text', () => {
  const sealer = createSealer(generateFernetKey())
  const [first, second] = [sealer.seal(Buffer.from('secret'), place), sealer.seal(Buffer.from('secret'), place)]
  expect(first).not.toEqual(second)
  expect(first.includes('secret')).toBe(false)
})

test('seals with the first key and opens with every key', () => {
  const [old, recent] = [generateFernetKey(), generateFernetKey()]
  const [before, after] = [createSealer(old), createSealer(`${recent},\n${old}`)]
  const sealed = before.seal(Buffer.from('secret'), place)
  expect(text(after.open(sealed, place))).toBe('secret')
  expect(sealedKeyId(sealed)).toBe(before.keyIds[0])
  expect(after.keyIds[1]).toBe(before.keyIds[0])
  expect(sealedKeyId(after.seal(Buffer.from('secret'), place))).toBe(after.keyIds[0])
})

test('another process with the same key opens what a process sealed', () => {
  const key = generateFernetKey()
  const sealed = createSealer(key).seal(Buffer.from('secret'), place)
  expect(text(createSealer(key).open(sealed, place))).toBe('secret')
})

test('names the key that is missing and the way out', () => {
  const [old, recent] = [createSealer(generateFernetKey()), createSealer(generateFernetKey())]
  const error = thrown(() => recent.open(old.seal(Buffer.from('secret'), place), place))
  expect(error.code).toBe('unknown_key')
  expect(error.message).toBe(
    `hadal.run.request of acme / 4d1b can't be decrypted: it is encrypted with the key ${old.keyIds[0]}, which ENCRYPTION_KEY does not contain (${recent.keyIds[0]}). Add that key to ENCRYPTION_KEY, after the newest one.`,
  )
})

test('refuses other additional data, also if its texts have the same concatenation', () => {
  const sealer = createSealer(generateFernetKey())
  const sealed = sealer.seal(Buffer.from('secret'), ['a', 'b', 'c'])
  for (const other of [['a', 'bc'], ['ab', 'c'], ['a', 'b'], ['a', 'b', 'd'], ['a', 'b', 'c', ''], []])
    expect(thrown(() => sealer.open(sealed, other)).code).toBe('altered')
})

test('refuses each changed byte', () => {
  const sealer = createSealer(generateFernetKey())
  const sealed = sealer.seal(Buffer.from('secret'), place)
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index)
    const expected = index === 0 ? 'version' : index < 9 ? 'unknown_key' : 'altered'
    expect(thrown(() => sealer.open(changed, place)).code, `byte ${index}`).toBe(expected)
  }
})

test('refuses cut bytes', () => {
  const sealer = createSealer(generateFernetKey())
  const sealed = sealer.seal(Buffer.from('secret'), place)
  for (let length = 0; length < sealed.length; length += 1)
    expect(['cut', 'altered']).toContain(thrown(() => sealer.open(sealed.subarray(0, length), place)).code)
})

test('without a key, has no key ids and says how to get a key', () => {
  const sealer = createSealer(undefined)
  expect(sealer.keyIds).toEqual([])
  expect(thrown(() => sealer.seal(Buffer.from('secret'), place)).message).toContain('ENCRYPTION_KEY is not set')
})

test('gives the position of an invalid key and does not show it', () => {
  expect(() => createSealer(`${generateFernetKey()},hunter2`)).toThrow(/^Key 2 of 2 is invalid/)
  expect(() => createSealer(`${generateFernetKey()},hunter2`)).not.toThrow(/hunter2/)
})

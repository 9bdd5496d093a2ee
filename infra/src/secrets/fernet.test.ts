import { createDecipheriv, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fernetKey, fernetToken } from './fernet.ts'

// The first vector of generate.json in github.com/fernet/spec.
const vector = {
  token: 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==',
  seconds: BigInt(Date.parse('1985-10-26T01:20:00-07:00') / 1000),
  initialisation: Uint8Array.from({ length: 16 }, (_byte, index) => index),
  text: 'hello',
  key: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
}

/** As the specification reads a token. */
function opened(key: string, token: string): string {
  const [secret, bytes] = [Buffer.from(key, 'base64url'), Buffer.from(token, 'base64url')]
  const signed = bytes.subarray(0, -32)
  expect(createHmac('sha256', secret.subarray(0, 16)).update(signed).digest()).toEqual(bytes.subarray(-32))
  const cipher = createDecipheriv('aes-128-cbc', secret.subarray(16), signed.subarray(9, 25))
  return Buffer.concat([cipher.update(signed.subarray(25)), cipher.final()]).toString('utf8')
}

describe('a Fernet token', () => {
  test("is the specification's own, with its time and initialisation vector", () => {
    const { key, text, token, ...fixed } = vector
    expect(fernetToken(key, text, fixed)).toBe(token)
  })

  test('opens to the text, whatever is in it', () => {
    for (const text of ['', 'sk-ant-api03-x', 'ü'.repeat(1000)])
      expect(opened(vector.key, fernetToken(vector.key, text))).toBe(text)
  })

  test('is the same for the same key and text, and another for another', () => {
    const other = fernetKey(Buffer.alloc(32, 255).toString('base64'))
    expect(fernetToken(vector.key, 'a')).toBe(fernetToken(vector.key, 'a'))
    expect(fernetToken(vector.key, 'a')).not.toBe(fernetToken(vector.key, 'b'))
    expect(fernetToken(vector.key, 'a')).not.toBe(fernetToken(other, 'a'))
  })

  test('is refused for a key of another length', () => {
    expect(() => fernetToken('c2hvcnQ=', 'a')).toThrow('A Fernet key has 32 bytes, this one 5.')
  })
})

import { describe, expect, test } from 'vitest'
import { createFernet, FernetError, generateFernetKey, isFernetToken } from './fernet.ts'

// Test vectors of github.com/fernet/spec: generate.json, verify.json and invalid.json. All use the same key.
const key = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='
const seconds = (time: string): number => Date.parse(time) / 1_000
const generated = {
  token: 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==',
  fixed: {
    seconds: seconds('1985-10-26T01:20:00-07:00'),
    initialisation: Uint8Array.from({ length: 16 }, (_byte, index) => index),
  },
  text: 'hello',
}
const atTheTime = { ttlSeconds: 60, now: seconds('1985-10-26T01:20:01-07:00') }
const invalid: [string, string, number?][] = [
  [
    'incorrect mac',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==',
  ],
  ['too short', 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA=='],
  [
    'invalid base64',
    '%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
  ],
  [
    'payload size not multiple of block size',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm',
  ],
  [
    'payload padding error',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==',
  ],
  [
    'far-future TS (unacceptable clock skew)',
    'gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==',
  ],
  [
    'expired TTL',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    seconds('1985-10-26T01:21:31-07:00'),
  ],
  [
    'incorrect IV (causes padding error)',
    'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
  ],
]

describe("the specification's vectors", () => {
  test('generates the token of the specification, byte for byte', () => {
    expect(createFernet([key]).encrypt(generated.text, generated.fixed)).toBe(generated.token)
  })

  test('decrypts the valid token', () => {
    expect(createFernet([key]).decrypt(generated.token, atTheTime)).toBe('hello')
  })

  test.for(invalid)('rejects an invalid token: %s', ([_why, token, now = atTheTime.now]) => {
    expect(() => createFernet([key]).decrypt(token, { ...atTheTime, now })).toThrow(FernetError)
  })
})

describe('a token', () => {
  test('decrypts to its text, for any text, and differs at each encryption', () => {
    const keys = createFernet([generateFernetKey()])
    for (const text of ['', 'sk-ant-api03-x', 'ü'.repeat(1000), '0123456789abcdef'])
      expect(keys.decrypt(keys.encrypt(text))).toBe(text)
    expect(keys.encrypt('a')).not.toBe(keys.encrypt('a'))
  })

  test('does not decrypt after any of its bytes was changed', () => {
    const keys = createFernet([key])
    const bytes = Buffer.from(generated.token, 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      const token = `${changed.toString('base64url')}==`
      expect(() => keys.decrypt(token), `byte ${index}`).toThrow(FernetError)
    }
  })

  test('is recognised by its form', () => {
    expect(isFernetToken(generated.token)).toBe(true)
    for (const text of [
      '',
      'sk-ant-api03-x',
      key,
      'sk-proj-'.padEnd(164, 'a'),
      `${generated.token}=`,
      `${generated.token}\n`,
    ])
      expect(isFernetToken(text), text).toBe(false)
  })
})

describe('with several keys', () => {
  const [older, newer, stranger] = [generateFernetKey(), generateFernetKey(), generateFernetKey()]

  test('the first key encrypts and every key decrypts', () => {
    const both = createFernet([newer, older])
    expect(both.decrypt(createFernet([older]).encrypt('old'))).toBe('old')
    expect(createFernet([newer]).decrypt(both.encrypt('new'))).toBe('new')
    expect(() => createFernet([older]).decrypt(both.encrypt('new'))).toThrow('None of the 1 keys decrypts the token.')
    expect(() => both.decrypt(createFernet([stranger]).encrypt('x'))).toThrow('None of the 2 keys decrypts the token.')
  })

  test('rotation encrypts a token with the first key and keeps its time', () => {
    const token = createFernet([older]).encrypt('text', { seconds: 1_000 })
    const rotated = createFernet([newer, older]).rotate(token)
    expect(createFernet([newer]).decrypt(rotated, { ttlSeconds: 10, now: 1_005 })).toBe('text')
    expect(() => createFernet([older]).decrypt(rotated)).toThrow(FernetError)
  })

  test('an invalid key is reported by its position and not shown', () => {
    expect(() => createFernet([newer, 'short-secret'])).toThrow(
      'Key 2 of 2 is invalid: it is not 32 bytes in URL-safe Base64.',
    )
    expect(() => createFernet([])).toThrow('No Fernet key was given. Give at least one.')
  })
})

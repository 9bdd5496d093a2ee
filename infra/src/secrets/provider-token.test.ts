import { createFernet, fernetKey } from '@hadal/platform/fernet'
import { describe, expect, test } from 'vitest'
import { providerToken } from './provider-token.ts'

const key = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4='

describe("the token of a provider's key", () => {
  test('is reproducible, so that no Secret changes from release to release', () => {
    const token = 'gAAAAAAAAAAAKvbu2cehpD9KUr2pFmPiWjFCA1tPPt_meHUVwxjSGbxtSSJhed6Ijmo3cUJ4dRlystQqY7TiKwAkBs7kmOMqaQ=='
    expect(providerToken(key, 'sk-ant-any')).toBe(token)
  })

  test('decrypts to the text, and differs for another text or key', () => {
    const other = fernetKey(Buffer.alloc(32, 255))
    for (const text of ['', 'sk-ant-api03-x', 'ü'.repeat(1000)])
      expect(createFernet([key]).decrypt(providerToken(key, text))).toBe(text)
    expect(new Set([providerToken(key, 'a'), providerToken(key, 'b'), providerToken(other, 'a')]).size).toBe(3)
  })

  test('is rejected for a key of another length', () => {
    expect(() => providerToken('c2hvcnQ=', 'a')).toThrow('Key 1 of 1 is invalid: it is not 32 bytes')
  })
})

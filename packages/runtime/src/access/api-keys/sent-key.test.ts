import { describe, expect, test } from 'vitest'
import { newKeyText, parseKeyText } from './key-text.ts'
import { sentKey } from './sent-key.ts'

const [key, other] = [newKeyText(), newKeyText()]
const idOf = (text: string): string | undefined => parseKeyText(text)?.id
const request = (headers: Record<string, string>): Request => new Request('http://server/', { headers })

describe('the API key of a request', () => {
  test.each<[string, Record<string, string>]>([
    ['the header x-api-key', { 'x-api-key': key }],
    ['Authorization: Bearer', { authorization: `bearer  ${key}` }],
    ['both headers', { 'x-api-key': key, authorization: `Bearer ${key}` }],
    ['Authorization, beside a key of LangSmith', { 'x-api-key': 'lsv2_pt_other', authorization: `Bearer ${key}` }],
  ])('is in %s', (_, headers) => {
    expect(sentKey(request(headers)).id).toBe(idOf(key))
  })

  test.each<[string, Record<string, string>, string, string]>([
    ['no header', {}, 'missing', 'requires an API key'],
    ['an empty header', { 'x-api-key': '' }, 'missing', 'requires an API key'],
    ['a key of another program', { 'x-api-key': 'lsv2_pt_other' }, 'invalid', 'requires an API key'],
    ['another scheme', { authorization: `Basic ${key}` }, 'missing', 'requires an API key'],
    ['two different keys', { 'x-api-key': key, authorization: `Bearer ${other}` }, 'invalid', 'different API keys'],
    ['a header twice', { 'x-api-key': `${key}, ${other}` }, 'invalid', 'checksum does not match'],
    ['a key in upper case', { 'x-api-key': key.toUpperCase() }, 'invalid', 'requires an API key'],
    [
      'a key with a character of another alphabet',
      { 'x-api-key': key.replace('_', '\u00ad') },
      'invalid',
      'requires an API key',
    ],
    ['a long text', { 'x-api-key': `${key}${'a'.repeat(10_000)}` }, 'invalid', 'checksum does not match'],
  ])('is refused with %s, and no error has it', (_, headers, outcome, sentence) => {
    let error: unknown
    try {
      sentKey(request(headers))
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ outcome, status: 401, message: expect.stringContaining(sentence) })
    expect(String(error)).not.toContain(key.slice(30, 50))
  })
})

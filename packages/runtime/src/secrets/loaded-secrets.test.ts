import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import { expect, test } from 'vitest'
import { loadedSecrets } from './loaded-secrets.ts'

const secretsOf = (written: Record<string, string>): string[] =>
  loadedSecrets(parseContainerVariables({ DATABASE_URL: 'postgres://h/d', ...written }, () => ''))

test("a process's secrets are its values, the passwords in its addresses, and each encryption key by itself", () => {
  const DATABASE_URL = 'postgres://user:long%2Fpassword-1@h/d'
  expect(
    secretsOf({ DATABASE_URL, REDIS_URL: 'rediss://:short@h', ENCRYPTION_KEY: 'one,two', OPENAI_API_KEY: 'k' }),
  ).toEqual([DATABASE_URL, 'long%2Fpassword-1', 'long/password-1', 'rediss://:short@h', 'k', 'one,two', 'one', 'two'])
})

test('a short password may be a word and is none of them', () => {
  expect(secretsOf({ DATABASE_URL: 'postgres://postgres:postgres@h/d' })).not.toContain('postgres')
})

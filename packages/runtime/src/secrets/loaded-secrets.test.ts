import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import { expect, test } from 'vitest'
import { loadedSecrets } from './loaded-secrets.ts'

const secretsOf = (written: Record<string, string>): string[] =>
  loadedSecrets(parseContainerVariables({ DATABASE_URL: 'postgres://h/d', ...written }, () => ''))

test('includes the secret values, the passwords in addresses, and each single encryption key', () => {
  const DATABASE_URL = 'postgres://user:long%2Fpassword-1@h/d'
  expect(
    secretsOf({ DATABASE_URL, REDIS_URL: 'rediss://:short@h', ENCRYPTION_KEY: 'one,two', OPENAI_API_KEY: 'k' }),
  ).toEqual([DATABASE_URL, 'long%2Fpassword-1', 'long/password-1', 'rediss://:short@h', 'k', 'one,two', 'one', 'two'])
})

test('excludes a short password, which may be a word', () => {
  expect(secretsOf({ DATABASE_URL: 'postgres://postgres:postgres@h/d' })).not.toContain('postgres')
})

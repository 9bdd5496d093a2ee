import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationKeys } from '@hadal/infra/configuration-keys'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../repository-copy.ts'

interface StackFile {
  readonly secretsprovider?: string
  readonly encryptionsalt?: string
  readonly encryptedkey?: string
  readonly config?: Readonly<Record<string, unknown>>
}

const infra = join(root, 'infra')
const environments = await loadEnvironments(root)

/** Finds problems of a stack file: unencrypted values of secrets, and keys that the environment doesn't have. */
function faults(file: StackFile, secretOf: ReadonlyMap<string, boolean>): string[] {
  const unknown = Object.keys(file).filter(
    (field) => !['secretsprovider', 'encryptionsalt', 'encryptedkey', 'config'].includes(field),
  )
  const inClear = Object.entries(file.config ?? {}).flatMap(([key, value]) => {
    const secret = secretOf.get(key)
    if (secret === undefined) return [`${key} is not a key of this environment`]
    return secret && !isCiphertext(value) ? [`${key} is not encrypted`] : []
  })
  return [...unknown.map((field) => `${field} is not a field that Pulumi reads`), ...inClear]
}

const isCiphertext = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'secure') === 'string'

describe.each(environments)('the stack of $name', (environment) => {
  const keys = new Map(configurationKeys(environment).map(({ key, secret }) => [`hadal:${key}`, secret]))

  test('has a file without unencrypted secrets and unknown keys', () => {
    const file = join(infra, `Pulumi.${environment.name}.yaml`)
    expect(existsSync(file)).toBe(true)
    expect(faults(parse(readFileSync(file, 'utf8')) ?? {}, keys)).toEqual([])
  })

  test('is reported if it contains an unencrypted secret or an unknown key', () => {
    const [secret = '', ciphertext = ''] = [...keys].filter(([, isSecret]) => isSecret).map(([key]) => key)
    expect(
      faults({ config: { [secret]: 'in clear', [ciphertext]: { secure: 'v1:…' }, 'hadal:other': 'x' } }, keys),
    ).toEqual([`${secret} is not encrypted`, 'hadal:other is not a key of this environment'])
  })
})

test('every stack file has an environment', () => {
  const files = readdirSync(infra).filter((file) => /^Pulumi\..+\.yaml$/.test(file))
  expect(files.map((file) => file.split('.')[1]).sort()).toEqual(environments.map(({ name }) => name).sort())
})

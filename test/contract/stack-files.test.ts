import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationKeys } from '@hadal/infra/configuration-keys'
import type { Environment } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { expect, test } from 'vitest'
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

/** Whether the keys of an environment's stack are secret, by key. */
const secretKeys = (environment: Environment): ReadonlyMap<string, boolean> =>
  new Map(configurationKeys(environment).map(({ key, secret }) => [`hadal:${key}`, secret]))

const nameOf = (file: string): string => file.slice('Pulumi.'.length, -'.yaml'.length)
/** Stack files of the checkout. A stack that was never configured has none. */
const files = readdirSync(infra).filter((file) => /^Pulumi\..+\.yaml$/.test(file))

test.each(files)('%s belongs to an environment, and has no unencrypted secrets and no unknown keys', (file) => {
  const environment = environments.find(({ name }) => name === nameOf(file))
  expect(
    environment?.name,
    `There is no environment of this name. Run "pulumi destroy --stack ${nameOf(file)}" if the stack exists, and then delete infra/${file}.`,
  ).toBe(nameOf(file))
  if (environment)
    expect(faults(parse(readFileSync(join(infra, file), 'utf8')) ?? {}, secretKeys(environment))).toEqual([])
})

test('a stack file with an unencrypted secret or an unknown key is reported', () => {
  const keys = secretKeys(soundEnvironment({ secrets: { kind: 'pulumi' } }))
  const [secret = ''] = [...keys].filter(([, isSecret]) => isSecret).map(([key]) => key)
  expect(faults({ config: { [secret]: 'in clear', 'hadal:other': 'x' } }, keys)).toEqual([
    `${secret} is not encrypted`,
    'hadal:other is not a key of this environment',
  ])
  expect(faults({ config: { [secret]: { secure: 'v1:…' } } }, keys)).toEqual([])
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ContainerVariables, SECRET_VARIABLES } from '@hadal/platform/container-variables'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { secretsOf } from '@hadal/platform/secret-table'
import { aliasNames } from '@hadal/platform/variable-aliases'
import { describe, expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { bases } from './schema/schema-bases.ts'
import { fieldChangesVariable } from './schema/variable-fields.ts'

const page = readFileSync(join(root, 'docs/variables.md'), 'utf8')

interface Row {
  readonly name: string
  readonly secret: boolean
  readonly meaning: string
  readonly allowed: string
  readonly standard: string
  /** Field of an environment that sets the variable, or the Secret and key with its value. */
  readonly field: string
}

/** Rows of the tables with five columns. */
const rows = page.split('\n').flatMap((line): Row[] => {
  const [, name, secret, meaning = '', allowed = '', standard = '', field = ''] =
    line.match(/^\| `([A-Z_]+)`( \(secret\))? \| (.+) \| (.+) \| (.+) \| (.+) \|$/) ?? []
  return name
    ? [
        {
          name,
          secret: secret !== undefined,
          meaning,
          allowed: plain(allowed),
          standard: plain(standard),
          field: plain(field),
        },
      ]
    : []
})

function plain(cell: string): string {
  return cell.replaceAll('`', '')
}

const isSecret = (name: string): boolean => SECRET_VARIABLES.some((secret) => secret === name)

test('docs/variables.md has one row for each variable of the server, and no other', () => {
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(ContainerVariables.shape).sort())
})

test('docs/variables.md marks exactly the secrets', () => {
  expect(rows.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(
    rows.map(({ name }) => name).filter(isSecret),
  )
})

describe.each(Object.entries(ContainerVariables.shape))('docs/variables.md: %s', (name, schema) => {
  const row = rows.find((each) => each.name === name)

  test('has the allowed values of the schema', () => {
    const invalid = schema.safeParse('~')
    const expected = invalid.success ? 'text' : invalid.error.issues[0]?.message.replace(/^Must be (an? )?/, '')
    expect(row?.allowed).toBe(expected)
  })

  test('has the default of the schema', () => {
    const missing = schema.safeParse(undefined)
    if (row?.standard === 'required') expect(missing.success).toBe(false)
    else if (row?.standard === '–') expect([undefined, []]).toContainEqual(missing.data)
    else expect(missing.data).toEqual(schema.parse(row?.standard))
  })
})

test('docs/variables.md names every alias', () => {
  const aliases = page.split('## Aliases')[1] ?? ''
  const missing = aliasNames
    .filter((name) => !name.endsWith('_FILE'))
    .filter((name) => !aliases.includes(`\`${name}\``))
  expect(missing).toEqual([])
})

/** An environment whose clouds are called with static keys. */
const withCloudKeys = soundEnvironment({
  models: {
    providers: {
      bedrock: { region: 'eu-central-1', credentials: 'key' },
      'google-vertexai': { project: 'agents', location: 'europe-west4', credentials: 'key' },
    },
    default: 'bedrock:a-model',
  },
})

test('docs/variables.md names the Secret and key of each secret', () => {
  const keys = [...bases, withCloudKeys].flatMap((environment) => secretsOf(environment))
  for (const { name, field } of rows.filter(({ secret }) => secret))
    expect(keys.find(({ variable }) => variable === name)?.reference, name).toBe(field)
})

test.each(rows.filter(({ secret, field }) => !secret && field !== '–'))(
  'the field $field changes $name, as docs/variables.md says',
  ({ name, field }) => {
    expect(fieldChangesVariable(field, name)).toBe(true)
  },
)

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ContainerVariables, SECRET_VARIABLES } from '@hadal/platform/container-variables'
import { aliasNames } from '@hadal/platform/variable-aliases'
import { describe, expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const page = readFileSync(join(root, 'docs/variables.md'), 'utf8')

interface Row {
  readonly name: string
  readonly secret: boolean
  readonly meaning: string
  readonly allowed: string
  readonly standard: string
}

/** Rows of the tables with four columns. */
const rows = page.split('\n').flatMap((line): Row[] => {
  const [, name, secret, meaning = '', allowed = '', standard = ''] =
    line.match(/^\| `([A-Z_]+)`( \(secret\))? \| (.+) \| (.+) \| (.+) \|$/) ?? []
  return name
    ? [{ name, secret: secret !== undefined, meaning, allowed: plain(allowed), standard: plain(standard) }]
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

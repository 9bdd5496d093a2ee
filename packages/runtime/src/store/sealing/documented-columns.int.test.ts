import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { columnsOfDatabase } from '../../fixtures/every-column.ts'
import { withClient } from '../../fixtures/with-client.ts'
import { sealedColumns } from './sealed-columns.ts'

const database = createDatabase()

/** Rows of the table of all columns in docs/encryption.md: `<table>.<column>` with how it is stored. */
function documented(): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, '../../../../../docs/encryption.md'), 'utf8')
  const found = new Map<string, string>()
  for (const [, table, columns = '', stored = ''] of text.matchAll(/^\| `([a-z]+\.[a-z_]+)` \| ([^|]+) \| (\w+) \|/gm))
    for (const [, column] of columns.matchAll(/`([^`]+)`/g)) {
      expect(found.has(`${table}.${column}`), `${table}.${column} is listed twice`).toBe(false)
      found.set(`${table}.${column}`, stored)
    }
  return found
}

/** Table that exists only in a database with the extension pgvector. */
const ofExtension = /^hadal\.store_vector\./

test('docs/encryption.md says of every column whether it is sealed, and lists no other', async () => {
  const columns = await withClient(database(), columnsOfDatabase)
  const ours = columns.filter((name) => !name.startsWith('pgboss.') || name.startsWith('pgboss.job.'))
  const listed = [...documented().keys()].filter((name) => !ofExtension.test(name))
  expect(listed.toSorted()).toEqual([...ours].toSorted())
  expect([...documented().values()].every((stored) => ['sealed', 'plain', 'hashed'].includes(stored))).toBe(true)
})

test('the columns that docs/encryption.md calls sealed are those that the server seals', () => {
  const sealed = [...documented()].flatMap(([name, stored]) => (stored === 'sealed' ? [name] : []))
  // A trigger copies the sealed values into this column.
  const copies = ['hadal.thread.searched_values']
  // Encrypted also with `encryption` `off`, and deleted with the end of the run.
  const always = ['hadal.run_credentials.sealed']
  expect(sealed.toSorted()).toEqual([...sealedColumns.map(({ name }) => name), ...copies, ...always].toSorted())
})

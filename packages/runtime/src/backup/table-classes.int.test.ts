import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { withClient } from '../fixtures/with-client.ts'
import { tableClasses } from './table-classes.ts'

const database = createDatabase()

test('every table of the server, of its saver and of its queue has a class in backups, and no other', async () => {
  const tables = await withClient(database(), async (client) => {
    // Partitions are read and written through their table. Of pg-boss' tables only the jobs have data of runs.
    const { rows } = await client.query<{ name: string }>(
      `SELECT relnamespace::regnamespace || '.' || relname AS name FROM pg_class
       WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace::regnamespace::text IN ('hadal', 'public', 'pgboss')`,
    )
    return rows.map(({ name }) => name).filter((name) => !name.startsWith('pgboss.') || name === 'pgboss.job')
  })
  const required = Object.entries(tableClasses).flatMap(([name, entry]) =>
    entry.class === 'kept' && entry.optional ? [] : [name],
  )
  expect(tables.toSorted()).toEqual(required.toSorted())
})

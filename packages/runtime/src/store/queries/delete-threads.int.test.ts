import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../fixtures/create-database.ts'
import { wholeTenant } from '../scope.ts'
import { transaction } from '../transaction.ts'
import { deleteThreads, expiredTemporaryThreads } from './delete-threads.ts'
import { findThread, insertThread } from './thread-rows.ts'

const database = createDatabase()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database() })
})
afterAll(() => pool.end())

async function threadOf(kind: { temporary: boolean; age: string; status?: string }): Promise<string> {
  const threadId = randomUUID()
  await insertThread(pool, wholeTenant('default'), { threadId, metadata: '{}', temporary: kind.temporary })
  await pool.query('UPDATE hadal.thread SET updated_at = now() - $2::interval, status = $3 WHERE thread_id = $1', [
    threadId,
    kind.age,
    kind.status ?? 'idle',
  ])
  return threadId
}

test('deletes only threads of stateless runs, some time after their end', async () => {
  const expired = await threadOf({ temporary: true, age: '10 minutes' })
  const kept = [
    await threadOf({ temporary: true, age: '1 minute' }),
    await threadOf({ temporary: true, age: '10 minutes', status: 'busy' }),
    await threadOf({ temporary: false, age: '10 days' }),
  ]
  await transaction(pool, async (client) => {
    const found = await expiredTemporaryThreads(client, 100)
    expect(found).toEqual([expired])
    await deleteThreads(client, found)
  })
  expect(await findThread(pool, wholeTenant('default'), expired)).toBeUndefined()
  for (const threadId of kept) expect(await findThread(pool, wholeTenant('default'), threadId)).toBeDefined()
})

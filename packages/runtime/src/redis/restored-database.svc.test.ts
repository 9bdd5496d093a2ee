import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { effectsFiles } from '../fixtures/effects-file.ts'
import { startRedisAlone } from '../fixtures/redis/redis-alone.ts'
import { startTestServer } from '../fixtures/start-test-server.ts'
import { withClient } from '../fixtures/with-client.ts'
import { beginRestore, endRestore } from '../store/queries/restores.ts'

const database = createDatabase()
const file = effectsFiles()

test('a cached answer from before a restore of the database is not read after it', async () => {
  const redis = await startRedisAlone()
  const variables = { REDIS_URL: redis.url, CACHE_TTL_SECONDS: '600', REDIS_TIMEOUT_MILLISECONDS: '5000' }
  const { path, lines } = file()
  const askNewServer = async (): Promise<number> => {
    const server = await startTestServer(database(), variables)
    try {
      await server.client.runs.wait(null, 'telling', {
        input: { messages: [{ role: 'user', content: `file: ${path}` }] },
      })
      return lines().length
    } finally {
      await server.drain()
    }
  }
  try {
    expect([await askNewServer(), await askNewServer()]).toEqual([1, 1])
    await withClient(database(), async (client) => {
      const restoreId = randomUUID()
      await beginRestore(client, { restoreId, backupId: 'test', snapshotAt: new Date() })
      await endRestore(client, restoreId)
    })
    expect([await askNewServer(), await askNewServer()]).toEqual([2, 2])
  } finally {
    await redis.kill()
  }
})

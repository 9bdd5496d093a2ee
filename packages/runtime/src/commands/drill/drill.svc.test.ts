import { afterAll, beforeAll } from 'vitest'
import { type PostgresReplication, startReplication } from '../../fixtures/postgres-replication.ts'
import { rehearse } from '../../fixtures/rehearse.ts'
import { migrate } from '../../store/migrate.ts'

let servers: PostgresReplication | undefined
const started = (): PostgresReplication => {
  if (!servers) throw new Error('PostgreSQL of Debian has not started.')
  return servers
}

beforeAll(async () => {
  servers = await startReplication('production')
  await migrate(started().primary.url)
})
// Registered before the hooks of the rehearsal, so it runs after them.
afterAll(() => servers?.end())

rehearse({
  database: () => started().primary.url,
  scratchServer: () => started().primary.url.replace(/[^/]*$/, 'postgres'),
  version: '15',
})

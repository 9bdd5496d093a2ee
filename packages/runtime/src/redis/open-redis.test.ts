import { pino } from 'pino'
import { expect, test } from 'vitest'
import { openRedis } from './open-redis.ts'

const defaults = { REDIS_MODE: 'standalone', REDIS_TIMEOUT_MILLISECONDS: 100 } as const
const log = pino({ level: 'silent' })

test('has no Redis without an address', async () => {
  expect(await openRedis(defaults, log)).toBeUndefined()
})

test('names a missing CA file and what to do', async () => {
  const variables = { ...defaults, REDIS_URL: 'rediss://localhost', REDIS_CA_FILE: '/no/ca.crt' }
  await expect(openRedis(variables, log)).rejects.toThrow(
    /^REDIS_CA_FILE = "\/no\/ca\.crt": the file can't be read .* Mount it, or unset REDIS_CA_FILE\.$/,
  )
})

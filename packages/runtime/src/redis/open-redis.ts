import { readFileSync } from 'node:fs'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import { RedisConnection } from './redis-connection.ts'

/** Maximum time in milliseconds for which the start of the server waits for the first connection to Redis. The server also starts without one. */
const firstConnectionMs = 500

/**
 * Opens the process's connection to Redis; undefined if no address is set.
 *
 * @throws Error if the CA file can't be read
 */
export async function openRedis(
  variables: Pick<ContainerVariables, 'REDIS_URL' | 'REDIS_MODE' | 'REDIS_CA_FILE' | 'REDIS_TIMEOUT_MILLISECONDS'>,
  log: Logger,
): Promise<RedisConnection | undefined> {
  const { REDIS_URL: url, REDIS_MODE: mode, REDIS_CA_FILE: file } = variables
  if (url === undefined) return undefined
  const connection = new RedisConnection({
    url,
    mode,
    commandMs: variables.REDIS_TIMEOUT_MILLISECONDS,
    ...(file === undefined ? {} : { authority: authorityIn(file) }),
    onChange: (up, cause) => (up ? log.info('redis_back') : log.warn({ err: cause }, 'redis_away')),
  })
  if (!(await connection.connected(firstConnectionMs))) log.warn('redis_not_there_at_start')
  return connection
}

function authorityIn(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`REDIS_CA_FILE = "${file}": the file can't be read (${reason}). Mount it, or unset REDIS_CA_FILE.`)
  }
}

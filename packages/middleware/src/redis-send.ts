import { createHash } from 'node:crypto'

/**
 * Function that sends one command to Redis. With ioredis, for a single server or a cluster:
 * `(command, ...words) => client.call(command, ...words)`.
 *
 * It needs a timeout, because a model call waits for it. Every error counts as "Redis is unavailable".
 */
export type RedisSend = (command: string, ...words: string[]) => Promise<unknown>

/** A Lua script for Redis, and the SHA-1 digest by which Redis runs it once it has loaded it. */
export interface RedisScript {
  readonly text: string
  readonly digest: string
}

export const redisScript = (text: string): RedisScript => ({
  text,
  digest: createHash('sha1').update(text).digest('hex'),
})

/**
 * Runs a script by its digest, or by its text if Redis has not loaded it (a first call, a restart, another node of a cluster).
 *
 * @param keys all keys that the script uses; in a cluster they must share a hash tag
 */
export async function runScript(
  send: RedisSend,
  { text, digest }: RedisScript,
  keys: readonly string[],
  words: readonly string[],
): Promise<unknown> {
  const rest = [String(keys.length), ...keys, ...words]
  try {
    return await send('EVALSHA', digest, ...rest)
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
    return send('EVAL', text, ...rest)
  }
}

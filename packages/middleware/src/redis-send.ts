import { createHash } from 'node:crypto'

/**
 * Sends one command to Redis: all that the stores here ask of a client. With ioredis, alone or as a cluster:
 * `(command, ...words) => client.call(command, ...words)`.
 *
 * A client that waits for ever makes a model call wait for ever: give it a time limit. Whatever it throws counts as "Redis is away".
 */
export type RedisSend = (command: string, ...words: string[]) => Promise<unknown>

/** A script of Redis, with the digest by which Redis knows it once it has seen it. */
export interface RedisScript {
  readonly text: string
  readonly digest: string
}

export const redisScript = (text: string): RedisScript => ({
  text,
  digest: createHash('sha1').update(text).digest('hex'),
})

/**
 * Runs a script by its digest, and by its text where Redis does not know it (a first call, a restart, another node of a cluster).
 *
 * @param keys all keys that it touches; in a cluster they share a hash tag
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

/**
 * Passwords that the redis-operator can configure, as a regular expression: it writes `requirepass` without quotes, so that a space or a quote would
 * break the nodes' configuration.
 */
export const redisClusterPassword = '^[^\\s"\']+$'

/** Prefix of all the server's keys in Redis. */
export const redisKeyPrefix = 'hadal'

/** All Redis commands that the server sends. */
const commands = ['get', 'mget', 'set', 'del', 'pexpire', 'time', 'eval', 'evalsha', 'ping', 'cluster|slots'] as const

/** Permissions of the server's Redis user as an ACL rule: the server's keys and commands only, and no channels. */
export const redisRights = [
  `~${redisKeyPrefix}:*`,
  'resetchannels',
  '-@all',
  ...commands.map((command) => `+${command}`),
].join(' ')

/** Every key of the server in Redis begins with it. */
export const redisKeyPrefix = 'hadal'

/** Whatever the server asks of Redis: reading, writing and ending keys, alone and in scripts, and who the nodes of a cluster are. */
const commands = ['get', 'mget', 'set', 'del', 'pexpire', 'time', 'eval', 'evalsha', 'ping', 'cluster|slots'] as const

/** The rights of the server's user in Redis' own notation: its own keys, no channel, and no command that it doesn't send. */
export const redisRights = [
  `~${redisKeyPrefix}:*`,
  'resetchannels',
  '-@all',
  ...commands.map((command) => `+${command}`),
].join(' ')

/** Names of programs that run the command in their arguments, such as `sudo`. */
export const commandWrappers: ReadonlySet<string> = new Set([
  'builtin',
  'busybox',
  'command',
  'doas',
  'env',
  'exec',
  'nice',
  'nohup',
  'setsid',
  'stdbuf',
  'sudo',
  'time',
  'timeout',
  'xargs',
])

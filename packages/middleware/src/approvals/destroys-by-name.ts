import { commandWrappers } from './command-wrappers.ts'
import { shells } from './shells.ts'

/** Programs besides {@link commandWrappers} and shells that run a command in their arguments: elsewhere, later, often, or for each file. */
const carriers = new Set([
  'chroot',
  'docker',
  'entr',
  'find',
  'flock',
  'kubectl',
  'nerdctl',
  'npx',
  'parallel',
  'podman',
  'runuser',
  'ssh',
  'strace',
  'su',
  'systemd-run',
  'watch',
])

/** Programs that destroy data, and whose names begin with none of the destructive words. */
const destroyers = new Set(['blkdiscard', 'mke2fs', 'mkswap', 'shred', 'srm', 'unlink', 'wipe', 'wipefs'])

/** Programs whose names begin with a destructive word by chance. */
const harmless = /^drop(?:box|down|let|out|zone)/

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase()

/**
 * Whether a command destroys data by the name of its program: the name begins with one of the words (`dropdb`, `rmdir`), or it is a known program
 * such as `shred`, `mkfs.ext4` or `dd of=…`. The program may be an argument of another one, such as `sudo` or `kubectl exec`.
 *
 * @param texts the command's name and arguments, after shell quoting
 * @param words words in lower case
 */
export function destroysByName(texts: readonly string[], words: readonly string[]): boolean {
  const [program = '', ...operands] = texts
  const writes = operands.some((text) => text.startsWith('of='))
  const destroys = (text: string): boolean => {
    const name = baseName(text)
    if (name === 'dd') return writes
    if (destroyers.has(name) || name.startsWith('mkfs')) return true
    return !harmless.test(name) && words.some((word) => name.startsWith(word))
  }
  return destroys(program) || (carries(program) && operands.some(destroys))
}

/** Whether a program runs a command that is in its arguments, so that an argument with spaces may be a whole command. */
export function carries(program: string): boolean {
  const name = baseName(program)
  return commandWrappers.has(name) || carriers.has(name) || shells.has(name)
}

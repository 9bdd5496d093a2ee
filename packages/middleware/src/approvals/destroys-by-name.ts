import { commandWrappers } from './command-wrappers.ts'
import { shells } from './shells.ts'

/** Programs besides {@link commandWrappers} and shells that run a command in their arguments: elsewhere, later, often, or for each file. */
const carriers = new Set([
  'bunx',
  'chroot',
  'docker',
  'entr',
  'find',
  'flock',
  'kubectl',
  'nerdctl',
  'npx',
  'parallel',
  'pipenv',
  'podman',
  'poetry',
  'runuser',
  'script',
  'ssh',
  'strace',
  'su',
  'systemd-run',
  'trap',
  'uv',
  'watch',
])

/** Programs that destroy data, and whose names begin with none of the destructive words. */
const destroyers = new Set([
  'blkdiscard',
  'lvremove',
  'mke2fs',
  'mkswap',
  'newfs',
  'pvremove',
  'rimraf',
  'shred',
  'srm',
  'unlink',
  'vgremove',
  'wipe',
  'wipefs',
])

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
  return destroys(program) || (carries(program) && carried(baseName(program), operands).some(destroys))
}

/** Operands among which the carried command is. The others are names, such as that of a pod or a pattern of files. */
function carried(program: string, operands: readonly string[]): readonly string[] {
  switch (program) {
    case 'command':
      // `command -v rmdir` only prints where the program is.
      return /^-[vV]/.test(operands[0] ?? '') ? [] : operands
    case 'docker':
    case 'nerdctl':
    case 'podman':
      return operands.some((text) => text === 'exec' || text === 'run') ? operands : []
    case 'find':
      return operands.slice(operands.findIndex((text) => /^-(?:exec|ok)(?:dir)?$/.test(text)) + 1 || operands.length)
    case 'kubectl':
      return operands.slice(operands.indexOf('--') + 1 || operands.length)
    default:
      return operands
  }
}

/** Whether a program runs a command that is in its arguments, so that an argument with spaces may be a whole command. */
export function carries(program: string): boolean {
  const name = baseName(program)
  return commandWrappers.has(name) || carriers.has(name) || shells.has(name)
}

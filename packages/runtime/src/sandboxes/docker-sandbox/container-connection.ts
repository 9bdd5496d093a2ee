import { randomBytes } from 'node:crypto'
import { type CommandLimits, type CommandResult, SandboxUnavailable } from '../sandbox/command-limits.ts'
import type { SandboxConnection } from '../sandbox/remote-sandbox.ts'
import type { ContainerEngine } from './container-engine.ts'
import { type ContainerCommand, execInContainer } from './exec-in-container.ts'

// Exit codes of the two scripts below.
const missing = 3
const isFolder = 4
const refused = 5

/*
 * Script that reads a file. Files are transferred by commands instead of the engine's archive API: that one writes as root, and can write
 * neither into a read-only root nor into a tmpfs.
 */
const readScript = `[ -e "$1" ] || exit ${missing}; [ -d "$1" ] && exit ${isFolder}; [ -r "$1" ] || exit ${refused}; exec cat -- "$1"`
// Script that writes a file. `head` reads exactly the given number of bytes, so the connection need not be closed to mark the end.
const writeScript =
  `[ -d "$1" ] && exit ${isFolder}; mkdir -p -- "$(dirname -- "$1")" 2>/dev/null || exit ${refused}; ` +
  `head -c "$2" > "$1" || exit ${refused}`

/** Returns the connection to a running container. @param discard removes the container if its command can't be ended otherwise */
export function containerConnection(
  engine: ContainerEngine,
  container: string,
  limits: CommandLimits,
  discard: () => Promise<void>,
): SandboxConnection {
  const run = async (command: Omit<ContainerCommand, 'timeoutMs'>): Promise<CommandResult> => {
    const mark = randomBytes(12).toString('hex')
    const timeoutMs = limits.commandSeconds * 1_000
    const result = await execInContainer(engine, container, mark, { ...command, timeoutMs })
    if (result) return result
    await discard()
    throw new SandboxUnavailable(
      `A command exceeded its ${limits.commandSeconds} s and could not be ended, so its sandbox was removed with its files. ` +
        'The next command gets a new one.',
    )
  }
  return {
    id: container,
    limits,
    run: (command) => run({ argv: ['sh', '-c', command], outputBytes: limits.outputBytes }),
    async upload(path, content) {
      const argv = ['sh', '-c', writeScript, 'sh', path, String(content.length)]
      const { exitCode } = await run({ argv, stdin: content, outputBytes: 0 })
      if (exitCode === 0) return null
      return exitCode === isFolder ? 'is_directory' : 'permission_denied'
    },
    async download(path) {
      const argv = ['sh', '-c', readScript, 'sh', path]
      const { exitCode, output, truncated } = await run({ argv, outputBytes: limits.fileBytes, onlyStdout: true })
      if (exitCode === missing) return 'file_not_found'
      if (exitCode === isFolder) return 'is_directory'
      if (exitCode !== 0 || truncated) return 'permission_denied'
      return new Uint8Array(output)
    },
  }
}

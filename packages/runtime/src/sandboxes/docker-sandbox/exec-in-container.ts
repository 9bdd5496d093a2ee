import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { within } from '@hadal/middleware/within'
import type { Exec } from 'dockerode'
import { type CommandResult, SandboxUnavailable, timedOutExitCode } from '../sandbox/command-limits.ts'
import { LimitedOutput } from '../sandbox/limited-output.ts'
import { type ContainerEngine, EngineRefusal } from './container-engine.ts'
import { ExecFrames } from './exec-frames.ts'

export interface ContainerCommand {
  readonly argv: readonly string[]
  readonly stdin?: Uint8Array
  readonly timeoutMs: number
  readonly outputBytes: number
  /** Whether the standard error of a command is omitted from its output. */
  readonly onlyStdout?: boolean
}

/** Maximum time in milliseconds until the container engine reports the end of a killed command. */
const endsWithinMs = 3_000
const marker = 'HADAL_COMMAND'

/**
 * Returns a shell command that kills all processes of one command: those with the command's mark in their environment, which child processes
 * inherit.
 */
const killMarked = (mark: string): string =>
  `for p in /proc/[0-9]*; do grep -q '${marker}=${mark}' "$p/environ" 2>/dev/null && kill -9 "\${p#/proc/}" 2>/dev/null; done; true`

/**
 * Runs a command in a running container, within limits on time and output. The engine's exec has no limits: a command that exceeds its time is
 * killed with all its child processes, which are found by a mark in their environment.
 *
 * @param mark identifies the command in its container; letters and digits only
 * @returns undefined if the command could not be ended: the caller must remove the container
 * @throws {SandboxUnavailable} if the engine or the container is lost
 */
export async function execInContainer(
  engine: ContainerEngine,
  container: string,
  mark: string,
  command: ContainerCommand,
): Promise<CommandResult | undefined> {
  const [exec, socket] = await startExec(engine, container, mark, command)
  const output = new LimitedOutput(command.outputBytes)
  const frames = new ExecFrames((stream, bytes) => {
    if (stream === 'stdout' || !command.onlyStdout) output.add(bytes)
  })
  const ended = new Promise<'ended'>((resolve) => {
    socket.on('data', (piece: Buffer) => frames.add(piece))
    // An error also ends the stream; the engine reports the exit code below.
    for (const event of ['end', 'close', 'error']) socket.on(event, () => resolve('ended'))
  })
  if (command.stdin !== undefined) socket.write(command.stdin)
  const first = await within(ended, command.timeoutMs)
  if (first !== 'ended') {
    const kill = { Cmd: ['sh', '-c', killMarked(mark)], AttachStdout: true, AttachStderr: true }
    const killer = await engine.ask((docker) => docker.getContainer(container).exec(kill))
    await engine.ask(() => killer.start({ Detach: true }))
    const second = await within(ended, endsWithinMs)
    socket.destroy()
    if (second !== 'ended') return undefined
    return { output: output.bytes(), exitCode: timedOutExitCode, truncated: output.truncated, timedOut: true }
  }
  socket.destroy()
  const exitCode = await exitCodeOf(engine, exec)
  return { output: output.bytes(), exitCode, truncated: output.truncated, timedOut: false }
}

/** Returns the exit code of a command. The engine may report it as running for a moment after its output has ended. */
async function exitCodeOf(engine: ContainerEngine, exec: Exec): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const state = await engine.askUnless([404], () => exec.inspect())
    if (state === undefined) break
    if (!state.Running && state.ExitCode !== null) return state.ExitCode
    await pause(20)
  }
  throw new SandboxUnavailable('The sandbox was lost while a command ran in it. The next command gets a new sandbox.')
}

/**
 * Starts a command in a container.
 *
 * @returns the command, and the connection for its input and output
 */
async function startExec(
  engine: ContainerEngine,
  container: string,
  mark: string,
  { argv, stdin }: ContainerCommand,
): Promise<[Exec, Duplex]> {
  const options = { AttachStdin: stdin !== undefined, AttachStdout: true, AttachStderr: true, Tty: false }
  const env = [`${marker}=${mark}`]
  try {
    const exec = await engine.ask((docker) =>
      docker.getContainer(container).exec({ ...options, Cmd: [...argv], Env: env }),
    )
    return [exec, await engine.ask(() => exec.start({ hijack: true, Detach: false, Tty: false }))]
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error
    throw new SandboxUnavailable(`The sandbox ${container} can't run a command: ${error.message}.`, error)
  }
}

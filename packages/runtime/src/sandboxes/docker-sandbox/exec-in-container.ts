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
  /** Leaves standard error out. */
  readonly onlyStdout?: boolean
}

/** How long the end of a killed command may take to arrive. */
const endsWithinMs = 3_000
const marker = 'HADAL_COMMAND'

/** Ends every process that carries the mark of a command: its children inherited it. */
const killMarked = (mark: string): string =>
  `for p in /proc/[0-9]*; do grep -q '${marker}=${mark}' "$p/environ" 2>/dev/null && kill -9 "\${p#/proc/}" 2>/dev/null; done; true`

/**
 * Runs a command in a running container, within limits. An engine's exec has neither: a command over its time is killed with all that it
 * started, found by a mark in its environment.
 *
 * @param mark names this command in its container, letters and digits only
 * @returns undefined when the command could not be ended: its container is to be removed
 * @throws {SandboxUnavailable} when the engine or the container went away
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
    // An error is the end too: what became of the command is asked below.
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

/** The engine may report a command as running for a moment after its output has ended. */
async function exitCodeOf(engine: ContainerEngine, exec: Exec): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const state = await engine.askUnless([404], () => exec.inspect())
    if (state === undefined) break
    if (!state.Running && state.ExitCode !== null) return state.ExitCode
    await pause(20)
  }
  throw new SandboxUnavailable('The sandbox went away while a command ran in it. The next command gets a new one.')
}

/** @returns the started command, and the connection that carries its input and output */
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

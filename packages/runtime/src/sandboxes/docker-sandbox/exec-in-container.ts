import { setTimeout as pause } from 'node:timers/promises'
import { type CommandResult, SandboxUnavailable, timedOutExitCode } from '../sandbox/command-limits.ts'
import { LimitedOutput } from '../sandbox/limited-output.ts'
import type { EngineClient } from './engine-client.ts'
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

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

/**
 * Runs a command in a running container, within limits. An engine's exec has neither: a command over its time is killed with all that it
 * started, found by a mark in its environment.
 *
 * @param mark names this command in its container, letters and digits only
 * @returns undefined when the command could not be ended: its container is to be removed
 * @throws SandboxUnavailable when the engine or the container went away
 */
export async function execInContainer(
  engine: EngineClient,
  container: string,
  mark: string,
  command: ContainerCommand,
): Promise<CommandResult | undefined> {
  const created = await engine.send('POST', `/containers/${container}/exec`, {
    Cmd: command.argv,
    Env: [`${marker}=${mark}`],
    AttachStdin: command.stdin !== undefined,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
  })
  const id = field(created.body, 'Id')
  if (created.status !== 201 || typeof id !== 'string') {
    throw new SandboxUnavailable(`The sandbox ${container} can't run a command: ${JSON.stringify(created.body)}.`)
  }
  const socket = await engine.upgrade(`/exec/${id}/start`, { Detach: false, Tty: false })
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
    const killer = field((await engine.send('POST', `/containers/${container}/exec`, kill)).body, 'Id')
    await engine.send('POST', `/exec/${String(killer)}/start`, { Detach: true })
    const second = await within(ended, endsWithinMs)
    socket.destroy()
    if (second !== 'ended') return undefined
    return { output: output.bytes(), exitCode: timedOutExitCode, truncated: output.truncated, timedOut: true }
  }
  socket.destroy()
  const exitCode = await exitCodeOf(engine, id)
  return { output: output.bytes(), exitCode, truncated: output.truncated, timedOut: false }
}

async function within<Result>(promise: Promise<Result>, ms: number): Promise<Result | undefined> {
  const stop = new AbortController()
  const late = pause(ms, undefined, { signal: stop.signal }).catch(() => undefined)
  return Promise.race([promise, late]).finally(() => stop.abort())
}

/** The engine may still call it running for a moment after its output has ended. */
async function exitCodeOf(engine: EngineClient, exec: string): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { status, body } = await engine.send('GET', `/exec/${exec}/json`)
    const code = field(body, 'ExitCode')
    if (status === 404) break
    if (field(body, 'Running') === false && typeof code === 'number') return code
    await pause(20)
  }
  throw new SandboxUnavailable('The sandbox went away while a command ran in it. The next command gets a new one.')
}

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { ActiveRun } from '../active-run.ts'
import type { EndedRun } from '../execute-attempt.ts'
import { residentMemory } from './resident-memory.ts'
import { SuspectMessage, type WorkerMessage } from './suspect-messages.ts'

/** Interval in milliseconds at which the worker reads its child process's memory and checks whether the worker itself drains. */
const lookEveryMs = 1_000
/**
 * Maximum time in milliseconds for a suspect's child process to stop in the middle of its step before it is killed. Shorter than the end of a
 * worker's drain.
 */
const stopWithinMs = 1_500
/** Maximum time in milliseconds for a suspect's child process to load the agents. */
const readyWithinMs = 120_000
/** Maximum time in milliseconds for a suspect's child process to close its connections after its attempt. */
const closeWithinMs = 10_000
/** Share of a child process's memory for the V8 heap. The rest is for code, stacks and buffers. */
const heapShare = 2 / 3

/** How the child process of a suspect run ended. */
export type SuspectEnd =
  /** Result: the child process wrote the end of its attempt. `ended` is set if the run is over. */
  | { readonly kind: 'finished'; readonly ended?: EndedRun | undefined }
  /** Result: the child process ended before it executed the run, so the run did not cause the end. */
  | { readonly kind: 'not-started'; readonly detail: string }
  /** Result: the worker killed the child process because it did not stop in time, so the run did not cause the death. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'died'; readonly detail: string }

/** The program that executes a suspect run in a child process. */
export interface SuspectProgram {
  /** Path of the child process's program file. */
  readonly path: string
  /** Maximum resident memory of the child process in MiB. */
  readonly memoryMebibytes: number
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** Executes one run in a child process, and watches the process until it ends. The child has the worker's environment variables. */
export async function runInChild(
  active: ActiveRun,
  { path, memoryMebibytes }: SuspectProgram,
  childId: string,
): Promise<SuspectEnd> {
  const heap = Math.floor(memoryMebibytes * heapShare)
  let child: ChildProcess
  try {
    child = fork(path, ['suspect'], {
      execArgv: [`--max-old-space-size=${heap}`, '--max-semi-space-size=16'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
  } catch (error) {
    // The operating system can't start another process.
    const why = error instanceof Error ? error.message : String(error)
    return { kind: 'not-started', detail: `The child process could not be started: ${why}.` }
  }
  const watch = new ChildWatch(child, active, childId, memoryMebibytes)
  try {
    return await watch.end()
  } finally {
    watch.close()
  }
}

class ChildWatch {
  readonly #child: ChildProcess
  readonly #active: ActiveRun
  readonly #childId: string
  readonly #memoryMebibytes: number
  readonly #timers: NodeJS.Timeout[] = []
  #begun = false
  #draining = false
  #finished: { readonly ended?: EndedRun | undefined } | undefined
  /** Reason why the worker killed the child process; undefined if it did not. */
  #killed: 'memory' | 'slow-start' | 'slow-stop' | undefined
  #used = 0

  constructor(child: ChildProcess, active: ActiveRun, childId: string, memoryMebibytes: number) {
    this.#child = child
    this.#active = active
    this.#childId = childId
    this.#memoryMebibytes = memoryMebibytes
    child.on('message', (message) => this.#hear(message))
    this.#timers.push(
      setInterval(() => void this.#look(), lookEveryMs),
      setTimeout(() => this.#begun || this.#kill('slow-start'), readyWithinMs),
    )
    if (active.signal.aborted) this.#stop()
    else active.signal.addEventListener('abort', this.#stop, { once: true })
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#active.signal.removeEventListener('abort', this.#stop)
  }

  async end(): Promise<SuspectEnd> {
    const how = await this.#howItEnded()
    if (this.#finished) return { kind: 'finished', ...this.#finished }
    if (this.#killed === 'slow-stop') return { kind: 'stopped' }
    const detail = this.#killed === 'memory' ? this.#tooMuchMemory() : `${how}${this.#lastMemory()}`
    if (!this.#begun) return { kind: 'not-started', detail: `The child process did not start. ${detail}` }
    return { kind: 'died', detail }
  }

  async #howItEnded(): Promise<string> {
    try {
      const [code, signal]: unknown[] = await once(this.#child, 'exit')
      return `The child process ended with ${typeof signal === 'string' ? `signal ${signal}` : `exit code ${code}`}.`
    } catch (error) {
      return `The child process could not be started: ${error instanceof Error ? error.message : String(error)}.`
    }
  }

  readonly #lastMemory = (): string =>
    this.#used > 0 ? ` It used ${mebibytes(this.#used)} MiB of memory when it was last measured.` : ''

  readonly #tooMuchMemory = (): string =>
    `The child process used ${mebibytes(this.#used)} MiB of memory, more than its ${this.#memoryMebibytes} MiB, and was killed.`

  #hear(message: unknown): void {
    const { success, data } = SuspectMessage.safeParse(message)
    if (!success) return
    if (data.kind === 'finished') {
      this.#finished = data
      this.#timers.push(setTimeout(() => this.#child.kill('SIGKILL'), closeWithinMs))
    } else {
      this.#begun = true
      this.#send({ kind: 'run', lease: this.#active.lease, childId: this.#childId })
      // The drain may have begun before the child could receive messages.
      if (this.#draining) this.#send({ kind: 'drain' })
    }
  }

  async #look(): Promise<void> {
    if (this.#active.control.drainRequested && !this.#draining) {
      this.#draining = true
      if (this.#begun) this.#send({ kind: 'drain' })
    }
    const { pid } = this.#child
    this.#used = (pid !== undefined && (await residentMemory(pid))) || this.#used
    if (this.#used > this.#memoryMebibytes * 2 ** 20) this.#kill('memory')
  }

  readonly #stop = (): void => {
    const reason = this.#active.stopReason
    if (this.#begun && reason) this.#send({ kind: 'stop', reason })
    const killAfterMs = this.#begun ? stopWithinMs : 0
    this.#timers.push(setTimeout(() => this.#kill('slow-stop'), killAfterMs))
  }

  #send(message: WorkerMessage): void {
    // The child may have ended already, which its `exit` event reports.
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  #kill(why: 'memory' | 'slow-start' | 'slow-stop'): void {
    if (this.#finished) return
    this.#killed ??= why
    this.#child.kill('SIGKILL')
  }
}

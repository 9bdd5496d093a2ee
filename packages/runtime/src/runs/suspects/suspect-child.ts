import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { ActiveRun } from '../active-run.ts'
import type { EndedRun } from '../execute-attempt.ts'
import { residentMemory } from './resident-memory.ts'
import { SuspectMessage, type WorkerMessage } from './suspect-messages.ts'

/** How often the worker reads the child's memory, and looks whether it must drain. */
const lookEveryMs = 1_000
/** How long the child may take to stop in the middle of its step, before it is killed. Shorter than what a worker has at the end of its drain. */
const stopWithinMs = 1_500
/** How long the child may take to load the agents. */
const readyWithinMs = 120_000
/** How long the child may take to close its connections, once its attempt is over. */
const closeWithinMs = 10_000
/** The rest of the child's memory: code, stacks and buffers. */
const heapShare = 2 / 3

/** How the child process of a suspect ended. */
export type SuspectEnd =
  /** It wrote the end of its attempt. `ended` if the run is over. */
  | { readonly kind: 'finished'; readonly ended?: EndedRun | undefined }
  /** It never came to the run, which is no evidence against it. */
  | { readonly kind: 'not-started'; readonly detail: string }
  /** The worker ended it since it had to stop and did not: no evidence either. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'died'; readonly detail: string }

export interface SuspectProgram {
  /** The file of the program. */
  readonly path: string
  /** Maximum of resident memory. */
  readonly memoryMebibytes: number
}

const mebibytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** Executes one run in a child process, and watches it until it ends. The environment is the worker's own. */
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
    // The system has no room for another process.
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
  /** Why the worker killed the child, if it did. */
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
      // What came before the child could hear it.
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
    // The child may be gone already: its end says so.
    if (this.#child.connected) this.#child.send(message, () => {})
  }

  #kill(why: 'memory' | 'slow-start' | 'slow-stop'): void {
    if (this.#finished) return
    this.#killed ??= why
    this.#child.kill('SIGKILL')
  }
}

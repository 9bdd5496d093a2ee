import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { systemPath } from './system-path.ts'
import { waitUntil } from './wait-until.ts'

export interface PartOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Whether the program is ready. It is called repeatedly until it returns true. */
  readonly ready: () => Promise<boolean>
  /** Maximum time until the program is ready, in seconds. */
  readonly within?: number
}

/**
 * Programs of a test cluster, in one folder. Each program has its own process group. A watchdog ends all groups when this process closes the
 * watchdog's standard input or exits.
 */
export class Parts {
  readonly folder = mkdtempSync(join(tmpdir(), 'hadal-ground-'))
  readonly #watchdog: ChildProcess
  readonly #ended: Promise<void>
  /** Process ids of the programs, by name. */
  readonly pids = new Map<string, number>()

  constructor() {
    mkdirSync(join(this.folder, 'logs'))
    // Detached: Ctrl-C in the terminal reaches only the tests, and the watchdog must outlive them.
    this.#watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.ts'), this.folder], {
      stdio: ['pipe', 'ignore', 'inherit'],
      detached: true,
    })
    this.#ended = new Promise((resolve) => this.#watchdog.once('exit', () => resolve()))
  }

  /**
   * Starts a program and waits until it is ready.
   *
   * @throws Error with the program's name and the end of its log
   */
  async start(name: string, program: string, args: readonly string[], options: PartOptions): Promise<void> {
    const { env = {}, ready, within = 60 } = options
    const logFile = join(this.folder, 'logs', `${name}.log`)
    const log = openSync(logFile, 'a')
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { PATH: systemPath, HOME: this.folder, TMPDIR: this.folder, ...env },
      stdio: ['ignore', log, log],
      detached: true,
    })
    closeSync(log)
    let failure: string | undefined
    child.once('error', (error) => {
      failure = error.message
    })
    child.once('exit', (code, signal) => {
      failure = signal ? `it was ended by ${signal}` : `it ended with status ${code}`
      this.#tell(`-${child.pid}`)
    })
    if (child.pid !== undefined) {
      this.#tell(`+${child.pid}`)
      this.pids.set(name, child.pid)
    }
    try {
      await waitUntil(`${name} to come up`, () => failure !== undefined || ready(), { within })
    } catch {
      failure ??= `it was not ready within ${within} s`
    }
    if (failure !== undefined)
      throw new Error(`The ground's ${name} did not come up: ${failure}. Its log ends with:\n${tail(logFile)}`)
  }

  /** The end of a program's log, for an error message. */
  log(name: string): string {
    return tail(join(this.folder, 'logs', `${name}.log`))
  }

  /** Ends every program and removes the folder. */
  async stop(): Promise<void> {
    this.#watchdog.stdin?.end()
    await this.#ended
  }

  #tell(line: string): void {
    const { stdin } = this.#watchdog
    if (stdin?.writable) stdin.write(`${line}\n`)
  }
}

const tail = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')

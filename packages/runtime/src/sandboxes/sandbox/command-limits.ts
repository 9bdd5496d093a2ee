/** What one command, and one file that is carried in or out, may take of a sandbox and of the process that waits for it. */
export interface CommandLimits {
  /** A command that lasts longer is ended, and answers with exit code 124. */
  readonly commandSeconds: number
  /** Of standard output and error together; what comes after is thrown away while the command goes on. */
  readonly outputBytes: number
  /** The largest file that is carried in or out. */
  readonly fileBytes: number
}

export const defaultCommandLimits: CommandLimits = {
  commandSeconds: 120,
  outputBytes: 1_048_576,
  fileBytes: 16_777_216,
}

/** As `timeout` of GNU coreutils says it. */
export const timedOutExitCode = 124

/** How a command ended. */
export interface CommandResult {
  readonly output: Buffer
  readonly exitCode: number
  /** There was more output than was kept. */
  readonly truncated: boolean
  readonly timedOut: boolean
}

/** A sandbox can't be had, or went away. Its message is for a person. */
export class SandboxUnavailable extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'SandboxUnavailable'
  }
}

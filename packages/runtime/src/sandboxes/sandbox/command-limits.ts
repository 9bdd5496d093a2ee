/** Limits of one command and of one file transfer, for the sandbox and for the waiting process. */
export interface CommandLimits {
  /** Maximum time of a command in seconds. A command that exceeds it is killed and returns exit code 124. */
  readonly commandSeconds: number
  /** Maximum number of bytes of a command's standard output and error together. The command continues, but further output is discarded. */
  readonly outputBytes: number
  /** Maximum size in bytes of a file that is transferred to or from a sandbox. */
  readonly fileBytes: number
}

export const defaultCommandLimits: CommandLimits = {
  commandSeconds: 120,
  outputBytes: 1_048_576,
  fileBytes: 16_777_216,
}

/** Exit code of a command that timed out, as in `timeout` of GNU coreutils. */
export const timedOutExitCode = 124

/** Result of a command in a sandbox. */
export interface CommandResult {
  readonly output: Buffer
  readonly exitCode: number
  /** Whether a part of the command's output was discarded because it exceeded the limit. */
  readonly truncated: boolean
  readonly timedOut: boolean
}

/** Thrown if a sandbox can't be created or is lost. Its message is for people. */
export class SandboxUnavailable extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'SandboxUnavailable'
  }
}

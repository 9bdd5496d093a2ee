import { field } from '@hadal/middleware/unknown-value'
import { late, within } from '@hadal/middleware/within'
import Docker from 'dockerode'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'

/** Timeout of one request to the container engine, in milliseconds. */
const answerWithinMs = 30_000

/** Thrown for a request that the container engine rejected. */
export class EngineRefusal extends Error {
  readonly status: number

  constructor(status: number, sentence: string) {
    super(sentence)
    this.name = 'EngineRefusal'
    this.status = status
  }
}

/** Client of a container engine's HTTP API, Docker's or Podman's, over its unix socket. */
export class ContainerEngine {
  readonly #docker: Docker
  readonly #socketPath: string

  constructor(socketPath: string) {
    this.#socketPath = socketPath
    // Without an explicit host, dockerode reads DOCKER_HOST.
    this.#docker = new Docker({ socketPath, host: undefined, timeout: undefined })
  }

  /**
   * Sends one request to the container engine and returns its result.
   *
   * @throws {EngineRefusal} if the engine rejects the request
   * @throws {SandboxUnavailable} if the engine can't be reached or does not answer in time
   */
  async ask<Result>(request: (docker: Docker) => Promise<Result>): Promise<Result> {
    try {
      const result = await within(request(this.#docker), answerWithinMs)
      if (result !== late) return result
    } catch (error) {
      const status = field(error, 'statusCode')
      if (typeof status === 'number') {
        throw new EngineRefusal(status, String(field(error, 'json', 'message') ?? field(error, 'message')))
      }
      throw this.#unreachable(error instanceof Error ? error.message : String(error), error)
    }
    throw this.#unreachable('it did not answer in time')
  }

  /** Sends a request to the container engine as `ask` does, but returns undefined if the engine rejects it with one of these statuses. */
  async askUnless<Result>(
    statuses: readonly number[],
    request: (docker: Docker) => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await this.ask(request)
    } catch (error) {
      if (error instanceof EngineRefusal && statuses.includes(error.status)) return undefined
      throw error
    }
  }

  #unreachable(why: string, cause?: unknown): SandboxUnavailable {
    return new SandboxUnavailable(
      `The container engine at ${this.#socketPath} does not answer: ${why}. Start it (Docker, or "podman system service"), or correct the path.`,
      cause,
    )
  }
}

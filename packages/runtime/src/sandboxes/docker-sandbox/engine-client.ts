import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'

/** The engine's answer to a request that it understood. */
export interface EngineAnswer {
  readonly status: number
  readonly body: unknown
}

/** An answer to a request about containers is small; more than this is none. */
const answerBytes = 4_194_304

/**
 * The HTTP API of a container engine, Docker's or Podman's, over its unix socket: what a sandbox needs of it. Paths carry no version, so the
 * engine takes them as its newest.
 */
export class EngineClient {
  readonly #socketPath: string
  readonly #timeoutMs: number

  /** @param timeoutMs how long the engine may take for one answer */
  constructor(socketPath: string, timeoutMs = 30_000) {
    this.#socketPath = socketPath
    this.#timeoutMs = timeoutMs
  }

  #unreachable(error: Error): SandboxUnavailable {
    return new SandboxUnavailable(
      `The container engine at ${this.#socketPath} does not answer: ${error.message}. Start it (Docker, or "podman system service"), or correct the path.`,
      error,
    )
  }

  /** @throws SandboxUnavailable when the engine can't be reached or does not answer in time */
  async send(method: string, path: string, body?: unknown): Promise<EngineAnswer> {
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          socketPath: this.#socketPath,
          method,
          path,
          headers: payload ? { 'content-type': 'application/json', 'content-length': payload.length } : {},
          signal: AbortSignal.timeout(this.#timeoutMs),
        },
        (response) => {
          const chunks: Buffer[] = []
          let length = 0
          response.on('data', (chunk: Buffer) => {
            length += chunk.length
            if (length > answerBytes) response.destroy(new Error(`its answer has more than ${answerBytes} bytes`))
            else chunks.push(chunk)
          })
          response.on('error', (error) => reject(this.#unreachable(error)))
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8')
            resolve({ status: response.statusCode ?? 0, body: parsed(text) })
          })
        },
      )
      sent.on('error', (error) => reject(this.#unreachable(error)))
      sent.end(payload)
    })
  }

  /** Starts something that goes on over the connection itself. @returns the connection, to read and write */
  async upgrade(path: string, body: unknown): Promise<Duplex> {
    const payload = Buffer.from(JSON.stringify(body))
    return new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': payload.length,
        connection: 'Upgrade',
        upgrade: 'tcp',
      }
      const sent = request({ socketPath: this.#socketPath, method: 'POST', path, headers })
      const timer = setTimeout(() => sent.destroy(new Error('it did not answer in time')), this.#timeoutMs)
      sent.on('close', () => clearTimeout(timer))
      sent.on('error', (error) => reject(this.#unreachable(error)))
      sent.on('response', (response) => {
        response.resume()
        reject(new SandboxUnavailable(`The container engine refused ${path} with ${response.statusCode}.`))
      })
      sent.on('upgrade', (_response, socket, head) => {
        clearTimeout(timer)
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
      })
      sent.end(payload)
    })
  }
}

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

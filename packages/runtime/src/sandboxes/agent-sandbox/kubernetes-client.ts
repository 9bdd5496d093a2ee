import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'

export interface KubernetesClientOptions {
  /** Address of the Kubernetes API server, as `https://host:port`. */
  readonly url: string
  /** Path of the file with the API server's CA certificate. */
  readonly caFile: string
  /** Path of the file with the service account's token. It is read for each request, since the kubelet renews it. */
  readonly tokenFile: string
  readonly timeoutMs?: number
}

export interface KubernetesAnswer {
  readonly status: number
  readonly body: unknown
}

/** Maximum size in bytes of a response of the Kubernetes API; one object of the API is much smaller. */
const answerBytes = 4_194_304

/** Client of the Kubernetes API over HTTPS, with a pod's service account. */
export class KubernetesClient {
  readonly #options: KubernetesClientOptions
  #agent: Agent | undefined

  constructor(options: KubernetesClientOptions) {
    this.#options = options
  }

  /**
   * Sends a request to the Kubernetes API.
   *
   * @throws SandboxUnavailable if the API server can't be reached, or a file can't be read
   */
  async send(method: string, path: string, body?: unknown): Promise<KubernetesAnswer> {
    const { url, caFile, tokenFile, timeoutMs = 10_000 } = this.#options
    try {
      this.#agent ??= new Agent({ ca: await readFile(caFile), keepAlive: true, maxSockets: 4 })
      const token = (await readFile(tokenFile, 'utf8')).trim()
      const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(payload ? { 'content-type': type, 'content-length': payload.length } : {}),
      }
      return await exchange(new URL(path, url), { method, headers, agent: this.#agent, timeoutMs }, payload)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      throw new SandboxUnavailable(`The Kubernetes API at ${url} does not answer ${method} ${path}: ${why}.`, error)
    }
  }

  close(): void {
    this.#agent?.destroy()
  }
}

interface Exchange {
  readonly method: string
  readonly headers: Record<string, string | number>
  readonly agent: Agent
  readonly timeoutMs: number
}

function exchange(url: URL, { timeoutMs, ...options }: Exchange, payload?: Buffer): Promise<KubernetesAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length > answerBytes) response.destroy(new Error(`its response has more than ${answerBytes} bytes`))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        try {
          resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : JSON.parse(text) })
        } catch {
          resolve({ status: response.statusCode ?? 0, body: text })
        }
      })
    })
    sent.on('error', reject)
    sent.end(payload)
  })
}

import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'

export interface KubernetesClientOptions {
  /** Of the API server, as `https://host:port`. */
  readonly url: string
  /** A file with the certificate authority of the API server. */
  readonly caFile: string
  /** A file with a service account's bound token. It is read again for each request, since the kubelet renews it. */
  readonly tokenFile: string
  readonly timeoutMs?: number
}

export interface KubernetesAnswer {
  readonly status: number
  readonly body: unknown
}

/** One object of the API is far below this. */
const answerBytes = 4_194_304

/** The Kubernetes API over HTTPS, as a pod's service account. */
export class KubernetesClient {
  readonly #options: KubernetesClientOptions
  #agent: Agent | undefined

  constructor(options: KubernetesClientOptions) {
    this.#options = options
  }

  /** @throws SandboxUnavailable when the API server can't be reached, or a file can't be read */
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
        if (length > answerBytes) response.destroy(new Error(`its answer has more than ${answerBytes} bytes`))
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

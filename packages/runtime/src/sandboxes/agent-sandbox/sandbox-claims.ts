import { setTimeout as pause } from 'node:timers/promises'
import { field } from '@hadal/middleware/unknown-value'
import { SandboxUnavailable } from '../sandbox/command-limits.ts'
import type { KubernetesAnswer, KubernetesClient } from './kubernetes-client.ts'

export interface ClaimSettings {
  readonly namespace: string
  readonly warmPool: string
  /** Time in seconds without use after which the controller of agent-sandbox deletes a claim with its sandbox. */
  readonly idleSeconds: number
  /** Maximum time in seconds until the sandbox of a claim is ready. */
  readonly readySeconds: number
  readonly labels: Readonly<Record<string, string>>
}

const apiVersion = 'extensions.agents.x-k8s.io/v1beta1'
const pollMs = 250

interface Readiness {
  readonly address?: string
  readonly why: string
}

function readiness(claim: unknown): Readiness {
  const conditions = field(claim, 'status', 'conditions')
  const ready = (Array.isArray(conditions) ? conditions : []).find((one) => field(one, 'type') === 'Ready')
  const addresses = field(claim, 'status', 'sandbox', 'podIPs')
  const address: unknown = Array.isArray(addresses) ? addresses[0] : undefined
  if (field(ready, 'status') === 'True' && typeof address === 'string') return { address, why: 'ready' }
  const [reason, message] = [field(ready, 'reason'), field(ready, 'message')]
  return {
    why: typeof reason === 'string' ? `${reason}: ${String(message ?? '')}` : 'the controller has not set a status',
  }
}

const message = ({ status, body }: KubernetesAnswer): string => `${status} ${String(field(body, 'message') ?? '')}`

/**
 * Client for claims of kubernetes-sigs/agent-sandbox (`SandboxClaim`, v1beta1). A claim takes a sandbox from a warm pool, or has a new one created.
 * The class has no state, so every replica finds the same claim by its name.
 */
export class SandboxClaims {
  readonly #api: KubernetesClient
  readonly #settings: ClaimSettings

  constructor(api: KubernetesClient, settings: ClaimSettings) {
    this.#api = api
    this.#settings = settings
  }

  #path(name = ''): string {
    const { namespace } = this.#settings
    return `/apis/${apiVersion}/namespaces/${encodeURIComponent(namespace)}/sandboxclaims${name && `/${name}`}`
  }

  #until(): string {
    return new Date(Date.now() + this.#settings.idleSeconds * 1_000).toISOString().replace(/\.\d+Z$/, 'Z')
  }

  /**
   * Creates the claim if it is missing, waits until its sandbox is ready, and returns the address of the sandbox.
   *
   * @throws SandboxUnavailable with the controller's message, if the sandbox is not ready in time or the API rejects a request
   */
  async ready(name: string): Promise<string> {
    const { readySeconds } = this.#settings
    const until = Date.now() + readySeconds * 1_000
    let why = 'the controller has not set a status'
    for (;;) {
      const claim = await this.#claim(name)
      const found = readiness(claim)
      if (found.address !== undefined && field(claim, 'metadata', 'deletionTimestamp') === undefined) {
        await this.#prolong(name, claim)
        return found.address
      }
      why = found.why
      if (Date.now() + pollMs > until) break
      await pause(pollMs)
    }
    throw new SandboxUnavailable(
      `The sandbox claim ${name} was not ready within ${readySeconds} s (${why}). Check "kubectl describe sandboxclaim ${name}", ` +
        'the quota of the namespace, and the warm pool.',
    )
  }

  /** Returns the existing or the newly created claim of a sandbox; undefined if another replica has just created it. */
  async #claim(name: string): Promise<unknown> {
    const found = await this.#api.send('GET', this.#path(name))
    if (found.status === 200) return found.body
    if (found.status !== 404) throw this.#refused('read', found)
    const { warmPool, labels } = this.#settings
    const made = await this.#api.send('POST', this.#path(), {
      apiVersion,
      kind: 'SandboxClaim',
      metadata: { name, labels },
      spec: {
        warmPoolRef: { name: warmPool },
        lifecycle: { shutdownTime: this.#until(), shutdownPolicy: 'Delete' },
      },
    })
    // 409: another replica has just created the claim; the next poll finds it.
    if (made.status !== 201 && made.status !== 409) throw this.#refused('created', made)
    return made.status === 201 ? made.body : undefined
  }

  #refused(what: string, answer: KubernetesAnswer): SandboxUnavailable {
    return new SandboxUnavailable(`A sandbox claim can't be ${what}: the Kubernetes API answers ${message(answer)}.`)
  }

  /** Extends the expiry of a sandbox's claim once half of the idle time is over. */
  async #prolong(name: string, claim: unknown): Promise<void> {
    const end = Date.parse(String(field(claim, 'spec', 'lifecycle', 'shutdownTime')))
    if (end - Date.now() > (this.#settings.idleSeconds * 1_000) / 2) return
    const patched = await this.#api.send('PATCH', this.#path(name), {
      spec: { lifecycle: { shutdownTime: this.#until() } },
    })
    if (patched.status !== 200) throw this.#refused('extended', patched)
  }

  async delete(name: string): Promise<void> {
    const answer = await this.#api.send('DELETE', this.#path(name))
    if (answer.status >= 300 && answer.status !== 404) throw this.#refused('deleted', answer)
  }
}

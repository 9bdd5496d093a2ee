import { Agent, request as httpsRequest } from 'node:https'

/** The fields of a Kubernetes object that every test can read. The caller names a type for the other fields. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid?: string
    readonly resourceVersion?: string
    readonly creationTimestamp?: string
    readonly deletionTimestamp?: string
    readonly generation?: number
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[]
  }
  readonly [field: string]: unknown
}

/** Address and credentials of an API server, as plain data that can be passed to another process. */
export interface Access {
  readonly server: string
  readonly token: string
  /** Self-signed CA certificate of the API server. */
  readonly ca: string
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: KubernetesObject
}

/** Error for a request that the API server rejected. `message` is the API server's own message. */
export class Refused extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

interface Kind {
  readonly plural: string
  readonly namespaced: boolean
}

const fieldManager = 'proving-ground'

/** Client of the Kubernetes API. Kinds are written as `apps/v1/Deployment`. */
export class Cluster {
  readonly access: Access
  readonly #agent: Agent
  readonly #kinds = new Map<string, Map<string, Kind>>()

  constructor(access: Access) {
    this.access = access
    this.#agent = new Agent({ keepAlive: true, ca: access.ca })
  }

  /** Returns one object; undefined if it does not exist. */
  async get<T extends KubernetesObject>(kind: string, name: string, namespace?: string): Promise<T | undefined> {
    try {
      return await this.request<T>('GET', `${await this.#path(kind, namespace)}/${name}`)
    } catch (error) {
      if (error instanceof Refused && error.code === 404) return undefined
      throw error
    }
  }

  /** Returns all objects of a kind. @param selector label selector, such as `app=web,tier in (a, b)` */
  async list<T extends KubernetesObject>(kind: string, namespace?: string, selector?: string): Promise<T[]> {
    const query = selector ? `?labelSelector=${encodeURIComponent(selector)}` : ''
    const { items } = await this.request<{ items: T[] }>('GET', (await this.#path(kind, namespace)) + query)
    return items.map((item) => ({ ...item, ...apiVersionAndKind(kind) }))
  }

  async create<T extends KubernetesObject>(object: T): Promise<T> {
    return await this.request<T>('POST', await this.#path(kindOf(object), object.metadata.namespace), object)
  }

  /**
   * Creates or changes an object by server-side apply.
   *
   * @param dryRun `All` returns the object that would result, and stores nothing
   */
  async apply<T extends KubernetesObject>(object: T, manager = fieldManager, dryRun: '' | 'All' = ''): Promise<T> {
    const path = `${await this.#path(kindOf(object), object.metadata.namespace)}/${object.metadata.name}`
    const query = `?fieldManager=${manager}&force=true${dryRun && `&dryRun=${dryRun}`}`
    return await this.request<T>('PATCH', path + query, object, 'application/apply-patch+yaml')
  }

  /** Changes an object by a JSON merge patch, as `kubectl patch --type=merge` does. `subresource` is, for example, `status` or `scale`. */
  async patch(
    kind: string,
    name: string,
    namespace: string | undefined,
    patch: object,
    subresource = '',
  ): Promise<void> {
    const path = `${await this.#path(kind, namespace)}/${name}${subresource && `/${subresource}`}`
    await this.request('PATCH', path, patch, 'application/merge-patch+json')
  }

  /** Deletes an object. It does nothing if the object does not exist. */
  async delete(kind: string, name: string, namespace?: string): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' }
    try {
      await this.request('DELETE', `${await this.#path(kind, namespace)}/${name}`, body)
    } catch (error) {
      if (!(error instanceof Refused && error.code === 404)) throw error
    }
  }

  /** Evicts a pod, as `kubectl drain` does. A PodDisruptionBudget can refuse the eviction. */
  async evict(pod: string, namespace: string): Promise<void> {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } }
    await this.request('POST', `${await this.#path('v1/Pod', namespace)}/${pod}/eviction`, eviction)
  }

  /**
   * Calls `hear` for every event of a kind's objects, first for the existing objects, until the returned function is called. After a lost
   * connection it starts again and reports the existing objects once more.
   */
  async watch(kind: string, namespace: string | undefined, hear: (event: WatchEvent) => void): Promise<() => void> {
    const path = `${await this.#path(kind, namespace)}?watch=true`
    let stopped = false
    let abort = () => {}
    const begin = () => {
      const request = httpsRequest(this.access.server + path, this.#options('GET'), (response) => {
        let rest = ''
        response.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n')
          rest = lines.pop() ?? ''
          for (const line of lines) if (!stopped) hear(JSON.parse(line))
        })
        response.once('close', again).on('error', () => {})
      })
      abort = () => request.destroy()
      request.once('error', again).end()
    }
    let waiting: NodeJS.Timeout | undefined
    const again = () => {
      if (stopped) return
      clearTimeout(waiting)
      waiting = setTimeout(begin, 200)
    }
    begin()
    return () => {
      stopped = true
      clearTimeout(waiting)
      abort()
    }
  }

  /** Sends a request to the API server. @throws {Refused} if the response is not a success */
  request<T>(method: string, path: string, body?: object, contentType = 'application/json'): Promise<T> {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? '' : JSON.stringify(body)
      // Node sends the body of a DELETE without a length unless one is set, and such a request is not valid HTTP.
      const headers = { 'content-type': contentType, 'content-length': String(Buffer.byteLength(text)) }
      const options = this.#options(method, body === undefined ? {} : headers)
      const request = httpsRequest(this.access.server + path, options, (response) => {
        let answer = ''
        response.setEncoding('utf8').on('data', (part: string) => {
          answer += part
        })
        response.once('error', reject).once('end', () => {
          const code = response.statusCode ?? 0
          if (code >= 400) reject(new Refused(code, messageOf(answer)))
          else resolve((answer.startsWith('{') ? JSON.parse(answer) : answer) as T)
        })
      })
      request.setTimeout(30_000, () => request.destroy(new Error(`${method} ${path} got no answer in 30 s`)))
      request.once('error', reject).end(text)
    })
  }

  close(): void {
    this.#agent.destroy()
  }

  #options(method: string, headers: Readonly<Record<string, string>> = {}) {
    return {
      method,
      agent: this.#agent,
      headers: { authorization: `Bearer ${this.access.token}`, accept: 'application/json', ...headers },
    }
  }

  async #path(kind: string, namespace: string | undefined): Promise<string> {
    const { apiVersion, kind: name } = apiVersionAndKind(kind)
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
    let { plural, namespaced } = this.#kinds.get(apiVersion)?.get(name) ?? {}
    if (plural === undefined) {
      const { resources } = await this.request<{ resources: { name: string; kind: string; namespaced: boolean }[] }>(
        'GET',
        root,
      )
      const own = resources.filter((resource) => !resource.name.includes('/'))
      this.#kinds.set(
        apiVersion,
        new Map(own.map((resource) => [resource.kind, { plural: resource.name, namespaced: resource.namespaced }])),
      )
      ;({ plural, namespaced } = this.#kinds.get(apiVersion)?.get(name) ?? {})
      if (plural === undefined) throw new Error(`The API server has no kind ${kind}.`)
    }
    return namespaced && namespace ? `${root}/namespaces/${namespace}/${plural}` : `${root}/${plural}`
  }
}

export const kindOf = ({ apiVersion, kind }: KubernetesObject): string => `${apiVersion}/${kind}`

function apiVersionAndKind(kind: string): { apiVersion: string; kind: string } {
  const slash = kind.lastIndexOf('/')
  return { apiVersion: kind.slice(0, slash), kind: kind.slice(slash + 1) }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text
  } catch {
    return text
  }
}

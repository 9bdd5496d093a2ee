import type { Cluster, WatchEvent } from './cluster.ts'

/** When an object was first seen, and when it was first ready, in milliseconds since the process began. */
export interface Moments {
  readonly created: number
  readonly ready: number | undefined
}

type Watched = WatchEvent['object']

/** Hears of every object of some kinds in a namespace from now on, and keeps when each came and when it was ready. */
export class Timeline {
  readonly moments = new Map<string, Moments>()
  readonly #stops: (() => void)[] = []

  static async start(cluster: Cluster, namespace: string, kinds: Iterable<string>): Promise<Timeline> {
    const timeline = new Timeline()
    for (const kind of new Set(kinds))
      timeline.#stops.push(await cluster.watch(kind, namespace, (event) => timeline.#hear(event)))
    return timeline
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  of(kind: string, name: string): Moments {
    const moments = this.moments.get(`${kind} ${name}`)
    if (!moments) throw new Error(`${kind} ${name} was never seen.`)
    return moments
  }

  #hear({ type, object }: WatchEvent): void {
    if (type !== 'ADDED' && type !== 'MODIFIED') return
    const now = performance.now()
    const key = `${object.kind} ${object.metadata.name}`
    const { created, ready } = this.moments.get(key) ?? { created: now, ready: undefined }
    this.moments.set(key, { created, ready: ready ?? (isReady(object) ? now : undefined) })
  }
}

interface Status {
  readonly phase?: string
  readonly instances?: number
  readonly readyReplicas?: number
  readonly availableReplicas?: number
  readonly conditions?: readonly { readonly type: string; readonly status: string }[]
}

/** What "ready" means, kind by kind, in the words of who reports it. What is not here is ready as soon as it is there. */
const readiness: Readonly<Record<string, (status: Status, spec: { readonly replicas?: number }) => boolean>> = {
  Cluster: ({ phase }) => phase === 'Cluster in healthy state',
  Deployment: ({ availableReplicas = 0 }, { replicas = 1 }) => availableReplicas >= replicas,
  ExternalSecret: (status) => hasCondition(status, 'Ready'),
  Job: (status) => hasCondition(status, 'Complete'),
  Pooler: ({ instances }) => instances !== undefined,
  StatefulSet: ({ readyReplicas = 0 }, { replicas = 1 }) => readyReplicas >= replicas,
}

function isReady(object: Watched): boolean {
  const { status = {}, spec = {} } = object as { status?: Status; spec?: { replicas?: number } }
  return readiness[object.kind]?.(status, spec) ?? true
}

const hasCondition = ({ conditions = [] }: Status, type: string): boolean =>
  conditions.some((condition) => condition.type === type && condition.status === 'True')

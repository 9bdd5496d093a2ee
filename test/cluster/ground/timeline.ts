import type { Cluster, WatchEvent } from './cluster.ts'

/** When an object was first seen and when it first was ready, in milliseconds since the start of this process. */
export interface Moments {
  readonly created: number
  readonly ready: number | undefined
}

type Watched = WatchEvent['object']

/** Watches all objects of some kinds in a namespace, and records when each was created and when it became ready. */
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

/** For each kind, the condition that means ready, in the terms of its controller. An object of any other kind is ready as soon as it exists. */
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

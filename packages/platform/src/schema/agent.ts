import { z } from 'zod'
import { Resources } from './scalars.ts'
import { scheduling, serviceAccountAnnotations } from './scheduling.ts'

const replicas = z.int().min(1).max(200)

/** No autoscaling: a fixed number of pods, as in the guide's Deployment. */
const NoAutoscaling = z.strictObject({ kind: z.literal('none'), replicas: replicas.default(3) })

/**
 * Bounds and speed of an autoscaler. Scaling down waits 15 minutes by default, the length of long runs, so that a short pause in the load
 * doesn't remove pods.
 */
const Behaviour = {
  /** Minimum number of pods. At least 2, because a single pod is an outage at every drain of its node. For one pod, use `none`. */
  min: replicas.min(2).default(2),
  max: replicas.default(10),
  /** Stabilization window of the autoscaler for scaling up, in seconds. */
  scaleUpWindowSeconds: z.int().min(0).max(3600).default(0),
  /** Stabilization window of the autoscaler for scaling down, in seconds. */
  scaleDownWindowSeconds: z.int().min(0).max(3600).default(900),
  /** Maximum number of pods that the autoscaler removes per minute. */
  scaleDownPodsPerMinute: z.int().min(1).max(100).default(1),
}

/** Autoscaling by CPU: the guide's HorizontalPodAutoscaler. */
const CpuAutoscaling = z.strictObject({
  kind: z.literal('cpu'),
  ...Behaviour,
  /** Target of the CPU autoscaler: average CPU use, in percent of the CPU request. */
  targetPercent: z.int().min(1).max(100).default(70),
})

/** Autoscaling by the number of runs that wait for a worker: a KEDA ScaledObject. */
const QueueAutoscaling = z.strictObject({
  kind: z.literal('queue'),
  ...Behaviour,
  /** Target of the queue autoscaler: number of waiting runs per pod. */
  waitingRunsPerPod: z.int().min(1).max(1000).default(5),
})

export const Autoscaling = z.discriminatedUnion('kind', [NoAutoscaling, CpuAutoscaling, QueueAutoscaling])
export type Autoscaling = z.infer<typeof Autoscaling>

const AgentResources = Resources.default({
  requests: { cpu: '500m', memory: '512Mi', ephemeralStorage: '256Mi' },
  limits: { cpu: '2000m', memory: '2Gi', ephemeralStorage: '1Gi' },
})

const scaledBy = <T extends z.ZodType>(autoscaling: T) =>
  z.strictObject({
    autoscaling,
    resources: AgentResources,
    /** Minimum number of available pods during a voluntary disruption (PodDisruptionBudget). */
    minAvailable: z.int().min(0).default(1),
  })

/** Configuration of one Deployment of agent pods. */
export const Workload = scaledBy(Autoscaling)
export type Workload = z.infer<typeof Workload>

/** Deployment of the API. It can't scale by the queue, because the API executes no runs. */
const ApiWorkload = scaledBy(z.discriminatedUnion('kind', [NoAutoscaling, CpuAutoscaling]))

const Common = {
  /** Scheduling of the pods with the agent's image: API, workers and Jobs. */
  scheduling,
  /** Annotations of the ServiceAccount of the pods with the agent's image. */
  serviceAccountAnnotations,
  /** Maximum number of runs that one pod executes at the same time. */
  runsPerPod: z.int().min(1).max(200).default(10),
  /**
   * Seconds after SIGTERM in which runs may reach their next step and return to the queue. At least 10, because load balancers need some
   * seconds to remove the pod.
   */
  drainSeconds: z.int().min(10).max(3600).default(840),
  /** Seconds between SIGTERM and SIGKILL by the kubelet (terminationGracePeriodSeconds). */
  gracePeriodSeconds: z.int().min(1).max(3700).default(900),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
}

/** Where runs are executed: in the process that serves the API (`together`), or in a separate Deployment (`split`). */
export const Agent = z.discriminatedUnion('topology', [
  z.strictObject({ topology: z.literal('together'), all: Workload, ...Common }),
  z.strictObject({ topology: z.literal('split'), api: ApiWorkload, worker: Workload, ...Common }),
])
export type Agent = z.infer<typeof Agent>

import { z } from 'zod'
import { Resources } from './scalars.ts'

const replicas = z.int().min(1).max(200)

/** A fixed number of pods: the guide's Deployment. */
const NoAutoscaling = z.strictObject({ kind: z.literal('none'), replicas: replicas.default(3) })

/** How fast an autoscaler may act. Scaling down waits for runs of 15 minutes, so that load between two of them keeps its pods. */
const Behaviour = {
  /** One pod alone would be an outage with every node that goes; for that there is `none` with one replica. */
  min: replicas.min(2).default(2),
  max: replicas.default(10),
  /** Seconds that a higher wish must last before pods are added. */
  scaleUpWindowSeconds: z.int().min(0).max(3600).default(0),
  /** Seconds that a lower wish must last before a pod is taken. */
  scaleDownWindowSeconds: z.int().min(0).max(3600).default(900),
  /** Pods that may be taken a minute. */
  scaleDownPodsPerMinute: z.int().min(1).max(100).default(1),
}

/** The guide's HorizontalPodAutoscaler on CPU. */
const CpuAutoscaling = z.strictObject({
  kind: z.literal('cpu'),
  ...Behaviour,
  /** Average CPU, in percent of the request. */
  targetPercent: z.int().min(1).max(100).default(70),
})

/** A KEDA ScaledObject on runs that wait for a worker. */
const QueueAutoscaling = z.strictObject({
  kind: z.literal('queue'),
  ...Behaviour,
  /** Waiting runs that one more pod is worth. */
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
    /** Pods that a voluntary disruption must leave (PodDisruptionBudget). */
    minAvailable: z.int().min(0).default(1),
  })

/** One Deployment of agent pods. */
export const Workload = scaledBy(Autoscaling)
export type Workload = z.infer<typeof Workload>

/** The API holds no run, so nothing in the queue says how many of it are needed: `queue` is not offered. */
const ApiWorkload = scaledBy(z.discriminatedUnion('kind', [NoAutoscaling, CpuAutoscaling]))

const Common = {
  /** Runs that one pod works on at a time. */
  runsPerPod: z.int().min(1).max(200).default(10),
  /** Seconds after SIGTERM in which running runs may reach their next step and go back to the queue. Under 10 it would all go to load balancers learning that the pod leaves. */
  drainSeconds: z.int().min(10).max(3600).default(840),
  /** Seconds after SIGTERM until the kubelet kills. */
  gracePeriodSeconds: z.int().min(1).max(3700).default(900),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
}

/** Where runs are worked on: in the process that serves the API (`together`), or in Deployments of their own (`split`). */
export const Agent = z.discriminatedUnion('topology', [
  z.strictObject({ topology: z.literal('together'), all: Workload, ...Common }),
  z.strictObject({ topology: z.literal('split'), api: ApiWorkload, worker: Workload, ...Common }),
])
export type Agent = z.infer<typeof Agent>

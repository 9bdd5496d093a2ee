import { z } from 'zod'
import { LabelKey, LabelValue } from './scalars.ts'

const effect = z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional()

/** Toleration of a node's taint. The key is required: without one, a pod tolerates every taint, also that of a node that is not ready. */
const Toleration = z.discriminatedUnion('operator', [
  z.strictObject({ operator: z.literal('Equal'), key: LabelKey, value: LabelValue, effect }),
  z.strictObject({ operator: z.literal('Exists'), key: LabelKey, effect }),
])

/** Nodes on which pods may run, and their priority. Default: every node without a taint, and the cluster's default priority. */
export const Scheduling = z.strictObject({
  /** Labels that a node must have. */
  nodeSelector: z.record(LabelKey, LabelValue).default({}),
  tolerations: z.array(Toleration).default([]),
  /** Name of a PriorityClass of the cluster. */
  priorityClassName: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'the name of a PriorityClass, e.g. "production"')
    .optional(),
})
export type Scheduling = z.infer<typeof Scheduling>

/** Field `scheduling` of the pods of one component. */
export const scheduling = Scheduling.prefault({})

/**
 * Annotations of a ServiceAccount, with which a cloud's workload identity gives pods an identity, e.g. `eks.amazonaws.com/role-arn` or
 * `iam.gke.io/gcp-service-account`.
 */
export const serviceAccountAnnotations = z.record(LabelKey, z.string().min(1)).default({})

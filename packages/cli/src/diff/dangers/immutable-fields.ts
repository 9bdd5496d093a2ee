import { isDeepStrictEqual } from 'node:util'
import type { KubernetesObject } from '@hadal/charts/rendered-object'
import { at } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

/**
 * Paths of immutable fields by kind, from the update validation in pkg/apis of kubernetes/kubernetes, and from the rules in the definitions of
 * CloudNativePG 1.30 (`config/crd/bases`).
 */
const immutable: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Deployment: [['spec', 'selector']],
  DaemonSet: [['spec', 'selector']],
  StatefulSet: [
    ['spec', 'selector'],
    ['spec', 'serviceName'],
    ['spec', 'podManagementPolicy'],
    ['spec', 'volumeClaimTemplates'],
  ],
  Job: [
    ['spec', 'selector'],
    ['spec', 'template'],
    ['spec', 'completionMode'],
  ],
  Service: [['spec', 'clusterIP']],
  PersistentVolumeClaim: [
    ['spec', 'accessModes'],
    ['spec', 'storageClassName'],
    ['spec', 'volumeMode'],
    ['spec', 'volumeName'],
    ['spec', 'selector'],
    ['spec', 'dataSource'],
  ],
  Pooler: [['spec', 'cluster']],
  ScheduledBackup: [['spec', 'cluster']],
  RoleBinding: [['roleRef']],
  ClusterRoleBinding: [['roleRef']],
}

/** Finds changes to immutable fields. */
export const immutableFields: DangerRule = ({ kind, before, after }) => {
  if (!before || !after || isMadeAnew(after)) return []
  return (immutable[kind] ?? [])
    .filter((field) => !isDeepStrictEqual(at(before, ...field), at(after, ...field)))
    .map((field) => ({
      field: field.join('.'),
      what: `This field of a ${kind} is immutable.`,
      why: 'Argo CD can not sync the object until it is deleted by hand, which also deletes its pods and, for some kinds, its data.',
    }))
}

/** Whether Argo CD deletes and recreates the object instead of updating it: hooks, and objects with the sync option Replace or Force. */
function isMadeAnew({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  const options = annotations['argocd.argoproj.io/sync-options'] ?? ''
  const hook = 'argocd.argoproj.io/hook' in annotations
  const policy = annotations['argocd.argoproj.io/hook-delete-policy'] ?? 'BeforeHookCreation'
  return /\b(Replace|Force)=true\b/.test(options) || (hook && policy.includes('BeforeHookCreation'))
}

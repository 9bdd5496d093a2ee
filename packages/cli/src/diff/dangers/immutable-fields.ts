import { isDeepStrictEqual } from 'node:util'
import type { KubernetesObject } from '@hadal/charts/rendered-object'
import { at } from '@hadal/charts/validate/read-json'
import type { DangerRule } from '../compared.ts'

/** Fields that Kubernetes lets nobody change: the validation of each kind's update in pkg/apis of kubernetes/kubernetes. */
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
  RoleBinding: [['roleRef']],
  ClusterRoleBinding: [['roleRef']],
}

/** A field that can't be changed in place was changed. */
export const immutableFields: DangerRule = ({ kind, before, after }) => {
  if (!before || !after || isMadeAnew(after)) return []
  return (immutable[kind] ?? [])
    .filter((field) => !isDeepStrictEqual(at(before, ...field), at(after, ...field)))
    .map((field) => ({
      field: field.join('.'),
      what: `A ${kind} doesn't let this field be changed.`,
      why: 'Argo CD fails to sync it until somebody deletes the object by hand; its pods, and for some kinds its data, go with it.',
    }))
}

/** Argo CD deletes a hook before it makes it again, and replaces what says so. */
function isMadeAnew({ metadata: { annotations = {} } }: KubernetesObject): boolean {
  const options = annotations['argocd.argoproj.io/sync-options'] ?? ''
  const hook = 'argocd.argoproj.io/hook' in annotations
  const policy = annotations['argocd.argoproj.io/hook-delete-policy'] ?? 'BeforeHookCreation'
  return /\b(Replace|Force)=true\b/.test(options) || (hook && policy.includes('BeforeHookCreation'))
}

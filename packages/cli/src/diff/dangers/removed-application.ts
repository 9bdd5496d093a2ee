import type { DangerRule } from '../compared.ts'

/** Finds Applications that leave Git. The root Application does not prune, so each stays in the cluster until a person deletes it. */
export const removedApplication: DangerRule = ({ kind, name, before, after }) => {
  if (kind !== 'Application' || !before || after) return []
  const command = `kubectl -n ${before.metadata.namespace} delete application ${name}`
  return [
    {
      field: '',
      what: 'This Application is removed from Git, but not from the cluster: the root Application does not prune.',
      why: `Its objects keep running, and it can't sync without its folder. After the merge, "${command}" deletes it together with its objects.`,
    },
  ]
}

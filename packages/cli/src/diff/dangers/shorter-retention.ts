import { recordAt } from '@hadal/charts/validate/read-json'
import { agentNames } from '@hadal/platform/names'
import type { Danger, DangerRule } from '../compared.ts'

/** What a server deletes because of each variable, if the variable has a value other than 0. */
const deletions = {
  CHECKPOINT_RETENTION_DAYS: (days) => `checkpoints that no longer continue their thread after ${days} days`,
  EVENT_RETENTION_MINUTES: (minutes) => `the events of a run ${minutes} minutes after its thread came to rest`,
} as const satisfies Readonly<Record<string, (value: unknown) => string>>

/**
 * Finds the upgrade from a release that kept all checkpoints and events: its settings do not have the variables of retention. The rules of the
 * configuration find the later changes.
 */
export const shorterRetention: DangerRule = ({ kind, name, before, after }) => {
  if (kind !== 'ConfigMap' || name !== agentNames.settings || !before || !after) return []
  const [old, fresh] = [recordAt(before, 'data'), recordAt(after, 'data')]
  return Object.entries(deletions).flatMap(([variable, deleted]): Danger[] => {
    const value = fresh[variable]
    if (variable in old || value === undefined || value === '0') return []
    return [
      {
        field: `data.${variable}`,
        what: `The server now deletes ${deleted(value)}.`,
        why: 'The release before deleted nothing. The time of existing data counts from the upgrade. Afterwards, "hadal-runtime prune --dry-run" in a pod of the agent shows what is due.',
      },
    ]
  })
}

import type { ComparedObject } from './compared.ts'
import type { Report } from './report.ts'

/** How an object changed, for the diff report; undefined if it did not change. */
export function changeOf({ before, after, changes }: ComparedObject): 'new' | 'removed' | 'changed' | undefined {
  if (!before) return 'new'
  if (!after) return 'removed'
  return changes.length > 0 ? 'changed' : undefined
}

/** Formats the report of `hadal diff` as JSON. Unchanged objects are omitted. */
export function jsonReport({ base, commit, environments }: Report): string {
  const report = {
    base,
    commit,
    environments: environments.map(({ name, state, objects, dangers, notes }) => ({
      name,
      state,
      dangers,
      objects: objects.flatMap((object) => {
        const change = changeOf(object)
        const { kind, name, component, changes } = object
        return change ? [{ kind, name, component, change, fields: changes }] : []
      }),
      notes,
    })),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

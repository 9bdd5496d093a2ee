import type { Environment } from './environment.ts'

/** A field of an environment that is accepted although no program uses it yet. */
interface FieldWithoutEffect {
  /** Path of the field, e.g. `retention.checkpointDays`. */
  readonly path: string
  readonly value: (environment: Environment) => unknown
  /** What happens instead of the field's effect: a sentence with a full stop. */
  readonly now: string
}

/**
 * Fields of an environment that have no effect yet. `hadal check` reports them. The list may only get shorter: every other field has an effect,
 * or `charts/src/not-yet.ts` refuses every value except its default.
 */
export const fieldsWithoutEffect: readonly FieldWithoutEffect[] = [
  {
    path: 'retention.checkpointDays',
    value: ({ retention }) => retention.checkpointDays,
    now: 'Threads and their checkpoints are kept until a client deletes them.',
  },
  {
    path: 'retention.keepLatestOnly',
    value: ({ retention }) => retention.keepLatestOnly,
    now: 'An idle thread keeps all of its checkpoints.',
  },
]

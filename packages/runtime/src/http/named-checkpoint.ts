import { z } from 'zod'
import { Refusal } from '../runs/refusal.ts'
import type { NamedCheckpoint } from '../runs/require-checkpoint.ts'
import { Name } from './checked-input.ts'

/** Schema of a checkpoint in a client's request. */
export const Checkpoint = z.strictObject({
  thread_id: z.string().toLowerCase().nullish(),
  checkpoint_id: z.string().nullish(),
  checkpoint_ns: Name.nullish(),
  checkpoint_map: z.record(z.string(), z.unknown()).nullish(),
})

/**
 * The checkpoint that a request names in one of several fields; undefined if the request names no checkpoint.
 *
 * @param fields values of the fields that may name a checkpoint, by field name
 * @throws {Refusal} 422 if two fields name different checkpoints
 */
export function namedCheckpoint(
  fields: Readonly<Record<string, NamedCheckpoint | null | undefined>>,
): NamedCheckpoint | undefined {
  const given = Object.entries(fields).flatMap(([field, named]) =>
    named && (named.checkpoint_id || named.checkpoint_ns || Object.keys(named.checkpoint_map ?? {}).length > 0)
      ? [{ field, named }]
      : [],
  )
  const [first, ...others] = given
  const other = others.find(({ named }) => named.checkpoint_id !== first?.named.checkpoint_id)
  if (first && other) {
    throw new Refusal(
      422,
      `${first.field} names checkpoint ${first.named.checkpoint_id}, but ${other.field} names ${other.named.checkpoint_id}. Send one of them.`,
    )
  }
  return first?.named
}

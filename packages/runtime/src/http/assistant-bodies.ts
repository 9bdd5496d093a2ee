import { z } from 'zod'
import { assistantSortColumns } from '../store/queries/search-assistants.ts'
import { Limit, MetadataFilter, Name, Offset, Uuid, WholeNumberText } from './checked-input.ts'
import { Config } from './run-body.ts'

/** Fields of an assistant that a client writes. PostgreSQL stores them as jsonb, which has no U+0000. */
const contents = {
  name: Name.nullish(),
  description: Name.nullish(),
  config: Config.refine(
    (config) => MetadataFilter.safeParse(config).success,
    'must not hold U+0000 or half of a surrogate pair',
  ).nullish(),
  context: MetadataFilter.nullish(),
  metadata: MetadataFilter.nullish(),
}

export const Create = z.strictObject({
  assistant_id: Uuid.nullish(),
  graph_id: Name,
  if_exists: z.enum(['raise', 'do_nothing']).nullish(),
  ...contents,
})
export const Patch = z.strictObject({ graph_id: Name.nullish(), ...contents })
const filter = { graph_id: Name.nullish(), name: Name.nullish(), metadata: MetadataFilter.nullish() }
export const Count = z.strictObject(filter)
export const Search = z.strictObject({
  ...filter,
  limit: Limit.nullish(),
  offset: Offset.nullish(),
  sort_by: z.enum(assistantSortColumns).nullish(),
  sort_order: z.enum(['asc', 'desc']).nullish(),
  select: z.array(z.string()).nullish(),
})
export const Versions = z.strictObject({
  metadata: MetadataFilter.nullish(),
  limit: Limit.nullish(),
  offset: Offset.nullish(),
})
/** Number of a version. PostgreSQL stores it as an integer. */
const Version = z.int().min(1).max(2_147_483_647)
/** Schema of the body of `latest`. The SDK sends the version here; the public document has it in the query. */
export const Latest = z.strictObject({ version: Version.nullish() })
export const LatestQuery = z.strictObject({ version: WholeNumberText.optional() })
export const DeleteQuery = z.strictObject({
  delete_threads: z
    .enum(['0', '1', 'true', 'false'])
    .transform((text) => text === '1' || text === 'true')
    .optional(),
})

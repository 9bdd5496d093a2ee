import { z } from 'zod'
import { type ExtractedPath, extractedFields } from '../store/queries/search-threads.ts'
import { Name } from './checked-input.ts'

/** Maximum number of parts that a search extracts from each thread. */
const mostAliases = 10
/** One key (`.messages`) or one index (`[-1]`) of a path. */
const step = /\.([^.[\]]+)|\[(-?\d{1,9})\]/g
const path = new RegExp(`^(${extractedFields.join('|')})((?:${step.source})*)$`)

/** Schema of the field `extract` of a search: paths by alias, such as `{ "last": "values.messages[-1].content" }`. */
export const Extract = z
  .record(
    z.string(),
    Name.regex(
      path,
      `must begin with ${extractedFields.join(', ')}, followed by keys after dots and indexes in brackets, as in values.messages[-1].content`,
    ),
  )
  .refine((paths) => Object.keys(paths).length <= mostAliases, `must have at most ${mostAliases} aliases`)

/** Parses a path that {@link Extract} has validated. */
export function extractedPath(text: string): ExtractedPath {
  const [, name, steps = ''] = path.exec(text) ?? []
  const field = extractedFields.find((one) => one === name)
  if (!field) throw new Error(`The path ${text} was not validated. This is a bug in Hadal.`)
  return { field, path: [...steps.matchAll(step)].map(([, key, index]) => key ?? index ?? '') }
}

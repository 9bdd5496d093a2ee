import type { DangerRule } from '../compared.ts'
import { isLess } from '../quantity-value.ts'

/** Sizes of volumes: a claim's request, and the `storage` blocks of the operators' kinds. */
const size = /(\.requests\.storage|[sS]torage\.size)$/

/** A volume was made smaller. */
export const shrunkStorage: DangerRule = ({ changes }) =>
  changes
    .filter(({ path, before, after }) => size.test(path) && isLess(after, before))
    .map(({ path, before, after }) => ({
      field: path,
      what: `The volume shrinks from ${before} to ${after}.`,
      why: 'Volumes can only grow: the change is refused, or the data would have to be moved.',
    }))

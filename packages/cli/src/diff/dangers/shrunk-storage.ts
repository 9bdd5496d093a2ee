import type { DangerRule } from '../compared.ts'
import { isLess } from '../quantity-value.ts'

/** Pattern of the paths of volume sizes: a claim's request, and the `storage` fields of the operators' kinds. */
const size = /(\.requests\.storage|[sS]torage\.size)$/
/** Part of the path of a volume that exists only as long as its pod. */
const temporary = '.ephemeral.volumeClaimTemplate.'

/** Finds volumes that become smaller. */
export const shrunkStorage: DangerRule = ({ changes }) =>
  changes
    .filter(({ path, before, after }) => size.test(path) && !path.includes(temporary) && isLess(after, before))
    .map(({ path, before, after }) => ({
      field: path,
      what: `The volume shrinks from ${before} to ${after}.`,
      why: 'Volumes can only grow: Kubernetes rejects the change, or the data must be moved.',
    }))

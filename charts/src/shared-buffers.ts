import type { Resources } from '@hadal/platform/schema/scalars'
import { mebibytes } from './mebibytes.ts'

/** PostgreSQL's own default of `shared_buffers`, in MiB. */
const least = 128

/**
 * Size of PostgreSQL's shared buffers: a quarter of the requested memory, as PostgreSQL's manual recommends (section 19.4), and at least the
 * default. The request counts, because the node guarantees only that much. CloudNativePG's webhook rejects more than the request.
 */
export const sharedBuffers = ({ requests }: Resources): string =>
  `${Math.max(Math.floor(mebibytes(requests.memory) / 4), least)}MB`

import { z } from 'zod'
import { DnsLabel, Memory } from './scalars.ts'

/** No agent can have the backend `batch`. */
const NoBatchFiles = z.strictObject({ kind: z.literal('none') })

/** One volume, of which each thread has a folder of its own. */
const BatchVolume = z.strictObject({
  kind: z.literal('volume'),
  size: Memory,
  /** A StorageClass whose volumes many nodes can write at once (ReadWriteMany); the usual default of a cluster can't. */
  class: DnsLabel,
})

/** Where agents whose backend is `batch` keep their files: what all replicas share. */
export const BatchFiles = z.discriminatedUnion('kind', [NoBatchFiles, BatchVolume])
export type BatchFiles = z.infer<typeof BatchFiles>

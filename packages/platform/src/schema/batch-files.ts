import { z } from 'zod'
import { DnsLabel, Memory } from './scalars.ts'

/** No volume for batch files: no agent can have the backend `batch`. */
const NoBatchFiles = z.strictObject({ kind: z.literal('none') })

/** One volume for batch files, with a separate folder for each thread. */
const BatchVolume = z.strictObject({
  kind: z.literal('volume'),
  size: Memory,
  /** StorageClass with volumes that many nodes can write at once (ReadWriteMany). A cluster's default class usually has none. */
  class: DnsLabel,
})

/** Storage for the files of agents with the backend `batch`. All replicas share it. */
export const BatchFiles = z.discriminatedUnion('kind', [NoBatchFiles, BatchVolume])
export type BatchFiles = z.infer<typeof BatchFiles>

import { memoryBytes } from '@hadal/platform/quantity'

/** Kubernetes' notation of memory (`2Gi`) as whole MiB, rounded down: what servers of data count in. */
export const mebibytes = (memory: string): number => Math.floor(memoryBytes(memory) / 1024 ** 2)

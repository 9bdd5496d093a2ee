import { memoryBytes } from '@hadal/platform/quantity'

/** A memory quantity of Kubernetes (`2Gi`) in whole MiB, rounded down: the unit of the settings of PostgreSQL and Redis. */
export const mebibytes = (memory: string): number => Math.floor(memoryBytes(memory) / 1024 ** 2)

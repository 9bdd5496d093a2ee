import { type ConfiguredResources, configuredResources } from '../configured-resources.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import { cpuMillis, cpuText, memoryBytes, memoryText } from '../quantity.ts'

const mebibyte = 2 ** 20

/** Smallest amounts of one container, and the reason for each limit. */
interface Smallest {
  readonly requestedMemory: number
  readonly memory: number
  readonly memoryReason: string
  readonly ephemeralStorage: number
  readonly ephemeralStorageReason: string
}

const logs = 64 * mebibyte
const server = {
  requestedMemory: 128 * mebibyte,
  memoryReason: 'the server uses more as soon as its agents are loaded',
  ephemeralStorage: 128 * mebibyte + logs,
  ephemeralStorageReason: '/tmp may hold 128Mi, and logs need the rest',
}

/**
 * Smallest amounts with which each container works. A smaller limit kills or evicts the container, and a smaller request puts it on a node
 * without enough memory. Workers need more memory: see `worker-memory.ts`.
 */
const smallest: Readonly<Record<ConfiguredResources['of'], Smallest>> = {
  api: { ...server, memory: 384 * mebibyte },
  worker: { ...server, memory: 384 * mebibyte },
  database: {
    requestedMemory: 256 * mebibyte,
    memory: 256 * mebibyte,
    memoryReason: 'shared_buffers takes 128Mi of it',
    ephemeralStorage: 65 * mebibyte + logs,
    ephemeralStorageReason: '/tmp and the socket may hold 65Mi, and logs need the rest',
  },
  cache: {
    requestedMemory: 32 * mebibyte,
    memory: 64 * mebibyte,
    memoryReason: 'Redis needs some of it for itself and its connections',
    ephemeralStorage: 16 * mebibyte + logs,
    ephemeralStorageReason: '/tmp may hold 16Mi, and logs need the rest',
  },
  sandbox: {
    requestedMemory: 32 * mebibyte,
    memory: 64 * mebibyte,
    memoryReason: 'sandboxd and one command need it',
    ephemeralStorage: 128 * mebibyte + logs,
    ephemeralStorageReason: '/tmp may hold 128Mi, and the workspace needs the rest',
  },
}

/** Smallest CPU request and limit, in thousandths of a core. The probes of a container with less time out. */
const smallestCpu = { requests: 10, limits: 100 } as const
/** Smallest request of ephemeral storage. It only decides on which node the pod fits. */
const requestedEphemeralStorage = 16 * mebibyte
/** Smallest volume of PostgreSQL: it keeps up to 1 GB of write-ahead log, the default of `max_wal_size`. */
const databaseVolume = 2 ** 30
/** Smallest volume of the write-ahead log alone: twice `max_wal_size`, because a log that is not archived grows beyond it. */
const walVolume = 2 * databaseVolume
/** Smallest volume for batch files. */
const batchVolume = 64 * mebibyte
/** Size of Redis' volume as a multiple of its memory limit: during a snapshot it holds the old and the new one, of 60 % of the limit each. */
const snapshots = 1.2

function tooSmall(
  path: string,
  value: string,
  actual: number,
  least: number,
  leastText: string,
  reason: string,
): Problem[] {
  if (actual >= least) return []
  return [{ path, value, allowed: `Must be at least ${leastText}: ${reason}.`, remedy: `Raise it to ${leastText}.` }]
}

const memoryProblems = (path: string, value: string, least: number, reason: string): Problem[] =>
  tooSmall(path, value, memoryBytes(value), least, memoryText(least), reason)

const cpuProblems = (path: string, value: string, least: number): Problem[] =>
  tooSmall(path, value, cpuMillis(value), least, cpuText(least), 'with less, the probes of the container time out')

function resourcesProblems({ path, of, resources: { requests, limits } }: ConfiguredResources): Problem[] {
  const least = smallest[of]
  return [
    ...cpuProblems(`${path}.requests.cpu`, requests.cpu, smallestCpu.requests),
    ...memoryProblems(`${path}.requests.memory`, requests.memory, least.requestedMemory, least.memoryReason),
    ...memoryProblems(
      `${path}.requests.ephemeralStorage`,
      requests.ephemeralStorage,
      requestedEphemeralStorage,
      'the logs of the container need it',
    ),
    ...cpuProblems(`${path}.limits.cpu`, limits.cpu, smallestCpu.limits),
    ...memoryProblems(`${path}.limits.memory`, limits.memory, least.memory, least.memoryReason),
    ...memoryProblems(
      `${path}.limits.ephemeralStorage`,
      limits.ephemeralStorage,
      least.ephemeralStorage,
      least.ephemeralStorageReason,
    ),
  ]
}

function volumeProblems({ backup, batch, postgres, redis }: Environment): Problem[] {
  const drill = backup.kind === 'none' ? undefined : backup.drill.storage.size
  return [
    ...(drill === undefined
      ? []
      : memoryProblems(
          'backup.drill.storage.size',
          drill,
          databaseVolume,
          'the scratch database keeps up to 1 GB of write-ahead log beside its tables',
        )),
    ...(postgres.kind === 'external'
      ? []
      : memoryProblems(
          'postgres.storage.size',
          postgres.storage.size,
          databaseVolume,
          'PostgreSQL keeps up to 1 GB of write-ahead log beside its tables',
        )),
    ...(postgres.kind !== 'cnpg' || postgres.storage.walStorage === undefined
      ? []
      : memoryProblems(
          'postgres.storage.walStorage.size',
          postgres.storage.walStorage.size,
          walVolume,
          'PostgreSQL keeps up to 1 GB of write-ahead log between two checkpoints, and more while it is not archived',
        )),
    ...(redis.kind !== 'cluster'
      ? []
      : memoryProblems(
          'redis.storage.size',
          redis.storage.size,
          Math.ceil((memoryBytes(redis.resources.limits.memory) * snapshots) / mebibyte) * mebibyte,
          `a snapshot and its successor take 60 % of redis.resources.limits.memory (${redis.resources.limits.memory}) each`,
        )),
    ...(batch.kind === 'none'
      ? []
      : memoryProblems('batch.size', batch.size, batchVolume, 'the files of all threads share the volume')),
  ]
}

/** Requires sizes with which each container and volume works. A size below them is accepted by Kubernetes and fails only at run time. */
export const smallestSizes = (environment: Environment): Problem[] => [
  ...configuredResources(environment).flatMap(resourcesProblems),
  ...volumeProblems(environment),
]

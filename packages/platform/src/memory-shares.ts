/** Shares, in MiB, of the memory of a container that runs agents. Their sum is the container's limit. */
export interface MemoryShares {
  /** Maximum size of the server's JavaScript heap. */
  readonly serverHeap: number
  /** Maximum resident memory, in MiB, of the child process that executes a suspect (a run that probably kills its process). */
  readonly suspect: number
  /** Memory for the server outside its heap, and for a suspect's growth between two measurements. */
  readonly reserve: number
}

/**
 * Smallest memory limit, in MiB, of a container that runs agents. A child process gets 384 MiB of it: it uses about 190 MiB after the agents are
 * loaded, and up to 130 MiB more while input validation inspects a hostile text (measured: docs/decisions/0066).
 */
export const smallestWorkerMemory = 1_024

const shareOfEach = 3 / 8

/**
 * Computes the shares of a memory limit. A container that runs out of memory is killed as a whole, including the server
 * (`memory.oom.group` of cgroup v2), so the child process must reach its own limit first.
 *
 * @param limitBytes memory limit of the container
 */
export function memoryShares(limitBytes: number): MemoryShares {
  const limit = Math.floor(limitBytes / 2 ** 20)
  const each = Math.floor(limit * shareOfEach)
  return { serverHeap: each, suspect: each, reserve: limit - 2 * each }
}

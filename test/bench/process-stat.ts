import { readFileSync } from 'node:fs'

/** Milliseconds per tick in /proc/<pid>/stat: 100 ticks per second on every Linux that Node supports. */
const tickMs = 10

/** Data of a Linux process from /proc/<pid>/stat. */
interface ProcessStat {
  /** Process id of the parent. */
  readonly parent: number
  /** CPU time of the process in milliseconds. */
  readonly cpuMs: number
  /** CPU time in milliseconds of its ended child processes. */
  readonly endedChildrenCpuMs: number
}

/** Reads /proc/<pid>/stat. @returns undefined if the process has ended */
export function processStat(pid: number): ProcessStat | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return undefined
  }
  // The name of the process, which comes first, may contain spaces.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const cpuMs = (from: number): number => tickMs * ((fields[from] ?? 0) + (fields[from + 1] ?? 0))
  return { parent: fields[1] ?? 0, cpuMs: cpuMs(11), endedChildrenCpuMs: cpuMs(13) }
}

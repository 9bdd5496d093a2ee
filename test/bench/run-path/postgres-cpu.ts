import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processStat } from '../process-stat.ts'

/**
 * CPU time in milliseconds of a PostgreSQL server since its start: of its main process, its ended processes and its running ones.
 *
 * @param folder folder of its data
 */
export function postgresCpu(folder: string): number {
  const main = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])
  const own = processStat(main)
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => processStat(Number(pid)))
    .filter((stat) => stat?.parent === main)
  return children.reduce(
    (total, child) => total + (child?.cpuMs ?? 0),
    (own?.cpuMs ?? 0) + (own?.endedChildrenCpuMs ?? 0),
  )
}

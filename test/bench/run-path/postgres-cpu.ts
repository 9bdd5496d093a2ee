import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Milliseconds per tick in /proc/<pid>/stat: 100 ticks per second on every Linux that Node supports. */
const tickMs = 10

/** Fields of /proc/<pid>/stat after the name, which may contain spaces; undefined if the process has ended. */
function statOf(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

const sum = (fields: readonly (string | undefined)[]): number =>
  fields.reduce((total, field) => total + Number(field ?? 0), 0)

/**
 * CPU time in milliseconds of a PostgreSQL server since its start: of its main process, its ended processes and its running ones.
 *
 * @param folder folder of its data
 */
export function postgresCpu(folder: string): number {
  const [main = ''] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  // utime, stime, and those of ended children.
  const own = sum(statOf(main)?.slice(11, 15) ?? [])
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => statOf(pid))
    .filter((stat) => stat?.[1] === main)
  return tickMs * (own + sum(children.flatMap((stat) => stat?.slice(11, 13))))
}

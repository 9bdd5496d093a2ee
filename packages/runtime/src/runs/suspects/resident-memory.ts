import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Resident memory of a process in bytes; undefined if the process has ended. Read from /proc, or from `ps` where /proc is missing. */
export async function residentMemory(pid: number): Promise<number | undefined> {
  const kibibytes = await fromProc(pid).catch(() => fromPs(pid).catch(() => undefined))
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1_024
}

const fromProc = async (pid: number): Promise<string | undefined> =>
  /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]

const fromPs = async (pid: number): Promise<string | undefined> =>
  /\d+/.exec((await run('ps', ['-o', 'rss=', '-p', String(pid)])).stdout)?.[0]

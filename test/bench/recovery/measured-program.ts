import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { environment } from '../environment.ts'

const betweenSamplesMs = 20

export interface MeasuredProgram {
  readonly seconds: number
  /** Maximum of the memory of the program and its child processes together, in megabytes. */
  readonly megabytes: number
  readonly output: string
}

/**
 * Runs a Node program to its end.
 *
 * @throws Error with its standard error if it fails
 */
export async function measuredProgram(
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<MeasuredProgram> {
  const begun = performance.now()
  const child = spawn(process.execPath, args, {
    env: { PATH: environment.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [output, errors] = [text(child.stdout), text(child.stderr)]
  let most = 0
  const sample = setInterval(() => {
    most = Math.max(most, memoryOf(child.pid ?? 0))
  }, betweenSamplesMs)
  const [code] = await once(child, 'exit')
  clearInterval(sample)
  const seconds = (performance.now() - begun) / 1_000
  if (code !== 0) throw new Error(`${args.slice(1).join(' ')} ended with ${code}: ${await errors}`)
  return { seconds, megabytes: most / 1_024, output: await output }
}

/** Resident memory of a process and its children in kilobytes; that of a process without children is its maximum so far. */
function memoryOf(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    if (children === '') return field('VmHWM')
    return field('VmRSS') + children.split(' ').reduce((sum, child) => sum + memoryOf(Number(child)), 0)
  } catch {
    // The process has ended.
    return 0
  }
}

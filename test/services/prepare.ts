// Checks the programs that the services tier needs. Exit status: 0 if the tier can run; 3 if this machine lacks a program, which is printed:
// the tier has then neither run nor passed.
import { execFileSync } from 'node:child_process'
import process from 'node:process'

/** Programs that the operating system's packages provide. */
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

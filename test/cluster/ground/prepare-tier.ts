import { execFileSync } from 'node:child_process'
import process from 'node:process'
import { buildTool, GoUnavailable, type ToolName } from '../tools/build.ts'

/** Programs that the tier needs from the operating system's packages. */
const programs = {
  git: 'git',
  'redis-server': 'redis-server, 5.0 or newer',
} as const

function missingPrograms(): string[] {
  return Object.entries(programs)
    .filter(([program]) => !runs(program))
    .map(([program, bring]) => `No "${program}" on PATH. Install ${bring} (Debian: apt-get install ${program}).`)
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/**
 * Builds the Go tools of a test tier and checks its other requirements.
 *
 * @returns the exit status: 0 if the tier can run; 1 if a build failed; 3 if a requirement is not installed. The requirement is then printed,
 * and the tier counts as not run
 */
export async function prepareTier(tier: string, tools: readonly ToolName[]): Promise<0 | 1 | 3> {
  const missing = missingPrograms()
  try {
    for (const tool of tools) await buildTool(tool)
  } catch (error) {
    if (!(error instanceof GoUnavailable)) {
      process.stderr.write(
        `The tools of the ${tier} tier could not be built: ${error instanceof Error ? error.message : error}\n`,
      )
      return 1
    }
    missing.push(error.message)
  }
  if (missing.length === 0) return 0
  process.stderr.write(`The ${tier} tier was not run:\n${missing.map((sentence) => `- ${sentence}\n`).join('')}`)
  return 3
}

import process from 'node:process'
import { styleText } from 'node:util'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { Command } from 'commander'
import { PlainError } from '../plain-error.ts'
import { readProcessEnvironment } from '../process-environment.ts'
import { repositoryRoot } from '../repository-root.ts'

/** Exit status for an invalid configuration, the same as for wrong arguments. Status 1 means that a required item is missing. */
const couldNotBegin = 2

/** The command `hadal check <environment>`. Its implementation is imported only when the command runs. */
export const checkCommand = (): Command =>
  new Command('check')
    .description(
      'check an environment against the production checklist: each item with its evidence or what is missing',
    )
    .argument('<environment>', 'name of the environment')
    .option('--json', 'print the report as JSON')
    .action(async (name: string, { json = false }: { json?: boolean }) => {
      const { check } = await import('./check.ts')
      const coloured = process.stdout.isTTY === true && readProcessEnvironment().colour
      try {
        process.exitCode = await check({
          root: repositoryRoot(process.cwd()),
          name,
          json,
          paint: (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text),
          write: (line) => void process.stdout.write(`${line}\n`),
        })
      } catch (error) {
        if (!(error instanceof PlainError || error instanceof EnvironmentProblems)) throw error
        process.stderr.write(`hadal: ${error.message}\n`)
        process.exitCode = couldNotBegin
      }
    })

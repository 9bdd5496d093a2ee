import process from 'node:process'
import { styleText } from 'node:util'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { Command } from 'commander'
import { PlainError } from '../plain-error.ts'
import { readProcessEnvironment } from '../process-environment.ts'
import { repositoryRoot } from '../repository-root.ts'

/** The status of a command that could not begin: the word was wrong, or what it works on. 1 is the checklist's. */
const couldNotBegin = 2

/** `hadal check <env>`. What it needs is imported once it runs. */
export const checkCommand = (): Command =>
  new Command('check')
    .description('the production checklist of an environment, each item with its evidence or what is missing')
    .argument('<environment>', 'the name of an environment')
    .option('--json', 'the report as JSON, for programs')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : couldNotBegin))
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

import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/** The command `hadal render [environment…]`. Its implementation is imported only when the command runs, so that other commands start faster. */
export const renderCommand = (): Command =>
  new Command('render')
    .description('render environments/<environment>/manifests from the configuration')
    .argument('[environment...]', 'names of environments (default: all)')
    .option('--check', 'write nothing; list files that are missing, stale or changed and exit with 1 if there are any')
    .action(async (names: string[], { check = false }: { check?: boolean }) => {
      const { render } = await import('./render.ts')
      const write = (line: string): void => void process.stdout.write(`${line}\n`)
      process.exitCode = await render({ root: repositoryRoot(process.cwd()), names, check, write })
    })

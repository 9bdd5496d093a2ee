import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/** `hadal render [env…]`. What it needs is imported once it runs: every other command starts faster without. */
export const renderCommand = (): Command =>
  new Command('render')
    .description('write environments/<env>/manifests from the configuration; --check compares only')
    .argument('[environment...]', 'names of environments; all of them if none is given')
    .option('--check', 'write nothing; exit 1 and list the files that are missing, stale or changed')
    .action(async (names: string[], { check = false }: { check?: boolean }) => {
      const { render } = await import('./render.ts')
      const write = (line: string): void => void process.stdout.write(`${line}\n`)
      process.exitCode = await render({ root: repositoryRoot(process.cwd()), names, check, write })
    })

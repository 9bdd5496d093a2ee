import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/** The command `hadal diff --base <revision> [environment…]`. Its implementation is imported only when the command runs. */
export const diffCommand = (): Command =>
  new Command('diff')
    .description(
      'list the changes of this branch to the rendered objects, dangers first, as Markdown for a pull request',
    )
    .argument('[environment...]', 'names of environments (default: all)')
    .requiredOption(
      '--base <revision>',
      'compare with the manifests at the merge base with this revision, e.g. origin/main',
    )
    .option('--json', 'print the report as JSON')
    .action(async (names: string[], { base, json = false }: { base: string; json?: boolean }) => {
      const { diff } = await import('./diff.ts')
      const write = (text: string): void => void process.stdout.write(text)
      await diff({ root: repositoryRoot(process.cwd()), base, names, json, write })
    })

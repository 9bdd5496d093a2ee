import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/** `hadal diff --base <rev> [env…]`. What it needs is imported once it runs. */
export const diffCommand = (): Command =>
  new Command('diff')
    .description('say what a branch changes in the clusters, dangers first, as Markdown for its pull request')
    .argument('[environment...]', 'names of environments; all of them if none is given')
    .requiredOption('--base <revision>', 'compare with the manifests where this branch left it, e.g. origin/main')
    .option('--json', 'JSON for programs')
    .action(async (names: string[], { base, json = false }: { base: string; json?: boolean }) => {
      const { diff } = await import('./diff.ts')
      const write = (text: string): void => void process.stdout.write(text)
      await diff({ root: repositoryRoot(process.cwd()), base, names, json, write })
    })

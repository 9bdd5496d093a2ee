import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/** `hadal promote <from> <to>`. What it needs is imported once it runs. */
export const promoteCommand = (): Command =>
  new Command('promote')
    .description('let an environment run the image that another one runs, and render it: the content of a pull request')
    .argument('<from>', 'the environment whose release.json names the image')
    .argument('<to>', 'the environment that gets it')
    .action(async (from: string, to: string) => {
      const { promote } = await import('./promote.ts')
      await promote({
        root: repositoryRoot(process.cwd()),
        from,
        to,
        write: (line) => void process.stdout.write(`${line}\n`),
      })
    })

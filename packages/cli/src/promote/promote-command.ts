import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/**
 * The command `hadal promote <from> <to>`, which copies the release of one environment to another. Its implementation is imported only when
 * the command runs.
 */
export const promoteCommand = (): Command =>
  new Command('promote')
    .description('set the image of an environment to that of another one and render it, for a pull request')
    .argument('<from>', 'environment whose release.json names the image')
    .argument('<to>', 'environment that gets the image')
    .action(async (from: string, to: string) => {
      const { promote } = await import('./promote.ts')
      await promote({
        root: repositoryRoot(process.cwd()),
        from,
        to,
        write: (line) => void process.stdout.write(`${line}\n`),
      })
    })

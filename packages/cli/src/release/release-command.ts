import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/** `hadal release pin <image…>`. What it needs is imported once it runs. */
export const releaseCommand = (): Command => {
  const command = new Command('release').description('which images run').helpCommand(false)
  command
    .command('pin')
    .description('ask registries for the digests of tags, and write them where images are pinned')
    .argument('<image...>', '"registry/path:tag", or the name of an image in charts/src/images.json')
    .option('--environment <name...>', 'environments whose release.json gets an image of your own')
    .action(async (images: string[], { environment = [] }: { environment?: string[] }) => {
      const [{ pin }, { dockerLogin }] = await Promise.all([import('./pin.ts'), import('./registry-login.ts')])
      await pin({
        root: repositoryRoot(process.cwd()),
        images,
        environments: environment,
        today: new Date().toISOString().slice(0, 10),
        login: dockerLogin(),
        write: (line) => void process.stdout.write(`${line}\n`),
      })
    })
  return command
}

import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

/** The command `hadal release pin <image…>`. Its implementation is imported only when the command runs. */
export const releaseCommand = (): Command => {
  const command = new Command('release').description('manage the images of environments and charts').helpCommand(false)
  command
    .command('pin')
    .description('resolve image tags to digests and write them where the images are pinned')
    .argument('<image...>', '"registry/path:tag", or the name of an image in charts/src/images.json')
    .option('--environment <name...>', 'environments whose release.json gets the digest of an agent image')
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

import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

interface PinFlags {
  readonly version?: string
  readonly from?: string
}

/** The command `hadal operators`. Its implementations are imported only when the command runs. */
export const operatorsCommand = (): Command => {
  const write = (line: string): void => void process.stdout.write(`${line}\n`)
  const command = new Command('operators')
    .description('list the operators that stacks install, and which of them are pinned')
    .helpCommand(false)
    .action(async () => {
      const { listOperators } = await import('./list-operators.ts')
      await listOperators({ root: repositoryRoot(process.cwd()), write })
    })
  command
    .command('pin')
    .description("fetch an operator's manifests, show what they contain, and record their checksum")
    .argument('<operator>', 'name of the operator, e.g. "keda"')
    .option('--version <version>', 'version to pin (default: the recorded one)')
    .option(
      '--from <source>',
      'https address of the manifests, or a file in this repository (default: the recorded one)',
    )
    .action(async (name: string, { version, from }: PinFlags) => {
      const { pinOperator } = await import('./pin-operator.ts')
      await pinOperator({ root: repositoryRoot(process.cwd()), name, version, from, write })
    })
  return command
}

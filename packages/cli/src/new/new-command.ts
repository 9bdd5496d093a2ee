import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const root = (): string => repositoryRoot(process.cwd())

/** `hadal new environment|agent|alert`. What each needs is imported once it runs. */
export const newCommand = (): Command => {
  const command = new Command('new')
    .description('write the files of a new environment, agent or alert')
    .helpCommand(false)
  command
    .command('environment')
    .description('an environment of its own, copied from another one and rendered')
    .argument('<name>')
    .option('--from <environment>', 'the environment to copy', 'dev')
    .action(async (name: string, { from }: { from: string }) => {
      const { newEnvironment } = await import('./new-environment.ts')
      await newEnvironment({ root: root(), name, from, write })
    })
  command
    .command('agent')
    .description('a deep agent with its test, and its line in packages/agents/langgraph.json')
    .argument('<name>')
    .action(async (name: string) => {
      const { newAgent } = await import('./new-agent.ts')
      newAgent({ root: root(), name, write })
    })
  command
    .command('alert')
    .description('an alert with its three cases and its runbook, and its line in charts/src/alerts/all.ts')
    .argument('<Name>')
    .action(async (name: string) => {
      const { newAlert } = await import('./new-alert.ts')
      newAlert({ root: root(), name, write })
    })
  return command
}

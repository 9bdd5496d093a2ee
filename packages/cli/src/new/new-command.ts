import process from 'node:process'
import { Command } from 'commander'
import { repositoryRoot } from '../repository-root.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)
const root = (): string => repositoryRoot(process.cwd())

/** The command `hadal new environment|agent|alert`. Each implementation is imported only when its command runs. */
export const newCommand = (): Command => {
  const command = new Command('new')
    .description('create the files of an environment, agent or alert')
    .helpCommand(false)
  command
    .command('environment')
    .description('create an environment: a copy of another one, rendered')
    .argument('<name>', 'name of the new environment')
    .option('--from <environment>', 'environment to copy', 'dev')
    .action(async (name: string, { from }: { from: string }) => {
      const { newEnvironment } = await import('./new-environment.ts')
      await newEnvironment({ root: root(), name, from, write })
    })
  command
    .command('agent')
    .description('create a deep agent with its test, and add it to packages/agents/langgraph.json')
    .argument('<name>', 'name of the agent, e.g. support-desk')
    .action(async (name: string) => {
      const { newAgent } = await import('./new-agent.ts')
      newAgent({ root: root(), name, write })
    })
  command
    .command('alert')
    .description('create an alert with three test cases and a runbook, and add it to charts/src/alerts/all.ts')
    .argument('<Name>', 'name of the alert, e.g. AgentQueueLate')
    .action(async (name: string) => {
      const { newAlert } = await import('./new-alert.ts')
      newAlert({ root: root(), name, write })
    })
  return command
}

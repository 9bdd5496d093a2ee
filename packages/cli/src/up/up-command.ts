import process from 'node:process'
import { Command, InvalidArgumentError } from 'commander'

const port = (text: string): number => {
  const value = Number(text)
  if (/^\d{1,5}$/.test(text) && value >= 1 && value <= 65_535) return value
  throw new InvalidArgumentError('It must be a whole number from 1 to 65535.')
}

/** The command `hadal up`, which `npm start` runs. */
export const upCommand = (): Command =>
  new Command('up')
    .description('render and validate every environment, start the agent server on this machine and run one agent')
    .option('--once', 'exit when that run has ended; with --config: when the server is ready')
    .option('--port <number>', 'port of the agent server (default: 8000, or the next free port)', port)
    .option('--config <path>', 'serve the project of this langgraph.json instead of the agents of this repository')
    .action(async ({ once = false, port, config }: { once?: boolean; port?: number; config?: string }) => {
      const { up } = await import('./up.ts')
      process.exitCode = await up({ once, port, config })
    })

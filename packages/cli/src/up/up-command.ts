import process from 'node:process'
import { Command, InvalidArgumentError } from 'commander'

const port = (text: string): number => {
  const value = Number(text)
  if (/^\d{1,5}$/.test(text) && value >= 1 && value <= 65_535) return value
  throw new InvalidArgumentError('Give a whole number from 1 to 65535.')
}

/** `hadal up`: what `npm start` runs. */
export const upCommand = (): Command =>
  new Command('up')
    .description('render and check every environment, then run the agent server here, and one agent on it')
    .option('--once', 'end when that run has ended')
    .option('--port <number>', 'port of the agent server; without it 8000, or a free one above it', port)
    .action(async ({ once = false, port }: { once?: boolean; port?: number }) => {
      const { up } = await import('./up.ts')
      process.exitCode = await up({ once, port })
    })

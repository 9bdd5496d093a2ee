import process from 'node:process'
import { WebOrigin } from '@hadal/platform/schema/scalars'
import { Command, InvalidArgumentError } from 'commander'

const port = (text: string): number => {
  const value = Number(text)
  if (/^\d{1,5}$/.test(text) && value >= 1 && value <= 65_535) return value
  throw new InvalidArgumentError('It must be a whole number from 1 to 65535.')
}

const hostName = (name: string, before: readonly string[]): readonly string[] => {
  if (/^[-._a-z0-9]+$/i.test(name)) return [...before, name.toLowerCase()]
  throw new InvalidArgumentError('It must be a host name without a port, such as agents.example.com.')
}

const origin = (text: string, before: readonly string[]): readonly string[] => {
  const parsed = WebOrigin.safeParse(text)
  if (parsed.success) return [...before, parsed.data]
  throw new InvalidArgumentError(`It must be ${parsed.error.issues[0]?.message}.`)
}

interface Options {
  readonly once?: boolean
  readonly port?: number
  readonly config?: string
  readonly allowHost: readonly string[]
  readonly allowOrigin: readonly string[]
}

/** The command `hadal up`, which `npm start` runs. */
export const upCommand = (): Command =>
  new Command('up')
    .description('render and validate every environment, start the agent server on this machine and run one agent')
    .option('--once', 'exit when that run has ended; with --config: when the server is ready')
    .option('--port <number>', 'port of the agent server (default: 8000, or the next free port)', port)
    .option('--config <path>', 'serve the project of this langgraph.json instead of the agents of this repository')
    .option(
      '--allow-host <name>',
      'another host name by which clients may call the server, such as that of a tunnel',
      hostName,
      [],
    )
    .option(
      '--allow-origin <origin>',
      'an origin whose web pages may call the server, besides http://localhost:*',
      origin,
      [],
    )
    .action(async ({ once = false, port, config, allowHost, allowOrigin }: Options) => {
      const { up } = await import('./up.ts')
      process.exitCode = await up({ once, port, config, allowedHosts: allowHost, allowedOrigins: allowOrigin })
    })

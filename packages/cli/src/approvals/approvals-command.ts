import process from 'node:process'
import { Command, InvalidArgumentError } from 'commander'
import type { Decision } from './answer-call.ts'

const write = (line: string): void => void process.stdout.write(`${line}\n`)

const serverUrl = (text: string): string => {
  const url = URL.parse(text)
  if (url && (url.protocol === 'http:' || url.protocol === 'https:') && !url.username && !url.password)
    return text.replace(/\/+$/, '')
  throw new InvalidArgumentError('It must be the URL of an agent server, such as http://localhost:8000.')
}

const jsonObject = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // The error below says what is allowed.
  }
  throw new InvalidArgumentError('It must be a JSON object with all arguments of the call, such as \'{"amount": 2}\'.')
}

interface Flags {
  readonly url?: string
  readonly args?: Record<string, unknown>
  readonly full?: boolean
}

const urlOption = '--url <url>'
const urlMeaning = 'agent server (default: http://localhost:8000)'
const idMeaning = 'id of the call, or its first characters'

/**
 * The command `hadal approvals`: lists the tool calls that wait for a person, and answers them. It uses only the public API of the server. Each
 * implementation is imported only when its command runs.
 */
export const approvalsCommand = (): Command => {
  const command = new Command('approvals')
    .description('list the tool calls that wait for an approval. HADAL_API_KEY, if set, is sent as the API key')
    .helpCommand(false)
    .option(urlOption, urlMeaning, serverUrl)
    .option('--full', 'show long arguments completely')
    .action(async ({ full = false }: Flags) => {
      const { listCalls } = await import('./list-calls.ts')
      await listCalls(server(), { full, write, now: Date.now() })
    })

  const server = (of: Command = command): { url: string } => ({
    url: of.optsWithGlobals<Flags>().url ?? 'http://localhost:8000',
  })

  const answering = (name: string, description: string): Command =>
    command.command(name).description(description).argument('<id>', idMeaning).option(urlOption, urlMeaning, serverUrl)
  const answer = async (id: string, decision: Decision, of: Command): Promise<void> => {
    const { answerCall } = await import('./answer-call.ts')
    await answerCall(server(of), { id, decision, write })
  }

  answering('approve', 'let the call be executed as it is').action((id: string, _flags: Flags, of: Command) =>
    answer(id, { type: 'approve' }, of),
  )
  answering('edit', 'let the call be executed with other arguments')
    .requiredOption('--args <json>', 'all arguments of the call as a JSON object', jsonObject)
    .action((id: string, { args = {} }: Flags, of: Command) => answer(id, { type: 'edit', args }, of))
  answering('reject', 'refuse the call')
    .argument('[message]', 'reason, which the model reads')
    .action((id: string, message: string | undefined, _flags: Flags, of: Command) =>
      answer(id, { type: 'reject', message }, of),
    )
  answering('respond', 'give the result of a call that may have acted, without executing it again')
    .argument('<message>', 'result of the call, which the model reads')
    .action((id: string, message: string, _flags: Flags, of: Command) => answer(id, { type: 'respond', message }, of))
  return command
}

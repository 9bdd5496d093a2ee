import type { AgentServer } from './agent-server-request.ts'
import type { WaitingCall } from './calls-of-thread.ts'
import { plainText } from './plain-text.ts'
import { shortIds } from './short-ids.ts'
import { waitingCalls } from './waiting-calls.ts'

export interface ListOptions {
  /** Whether long arguments are shown completely. */
  readonly full: boolean
  readonly write: (line: string) => void
  /** Current time in milliseconds since 1970. */
  readonly now: number
}

/** Maximum number of characters of one argument in the list. */
const mostCharacters = 400

/** Lists the calls that wait for an approval: agent, tool, arguments, age, until when they can be answered, and how. */
export async function listCalls(server: AgentServer, { full, write, now }: ListOptions): Promise<void> {
  const calls = await waitingCalls(server)
  if (calls.length === 0) return write(`No tool call waits for an approval at ${server.url}.`)
  const ids = shortIds(calls.map(({ id }) => id))
  calls.forEach((call, index) => {
    const id = ids[index] ?? call.id
    if (index > 0) write('')
    for (const line of describedCall(call, id, now, full)) write(line)
  })
  const [first = ''] = ids
  write('')
  write(`Answer a call by its id, for example: npx hadal approvals approve ${first} --url ${server.url}`)
}

/** Lines that describe one call. */
export function describedCall(call: WaitingCall, id: string, now: number, full: boolean): string[] {
  const { agent, tool, args, because, decisions, description, expiresAt, since, threadId } = call
  const age = since ? `, waiting for ${duration(now - since.getTime())}` : ''
  const until = expiresAt
    ? `, until ${expiresAt.toISOString()} (${expiresAt.getTime() > now ? `${duration(expiresAt.getTime() - now)} left` : 'expired'})`
    : ''
  const shown = Object.entries(args).map(([name, value]) => `    ${plainText(name)}: ${shownValue(value, full)}`)
  return [
    `${id}  ${plainText(tool)}  of agent ${plainText(agent || 'unknown')}${age}${until}`,
    `    thread ${plainText(threadId)}`,
    ...(description === `A call of ${tool} waits for approval.` ? [] : [`    ${cut(plainText(description), full)}`]),
    ...(because ? [`    ${plainText(because)}`] : []),
    ...(shown.length > 0 ? shown : ['    no arguments']),
    `    decisions: ${decisions.map(plainText).join(', ')}`,
  ]
}

const shownValue = (value: unknown, full: boolean): string =>
  cut(plainText(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')), full)

/** The text, shortened to the maximum length unless it is shown completely, with the number of characters that are left out. */
function cut(text: string, full: boolean): string {
  if (full || text.length <= mostCharacters) return text
  return `${text.slice(0, mostCharacters)}… (${text.length - mostCharacters} more characters: --full)`
}

/** Duration in words with one unit, for example `3 h`. */
export function duration(ms: number): string {
  const seconds = Math.max(Math.floor(ms / 1_000), 0)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}

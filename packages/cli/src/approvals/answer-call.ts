import { isRecord } from '@hadal/platform/is-record'
import { PlainError } from '../plain-error.ts'
import { type AgentServer, AnsweredError, agentServerRequest } from './agent-server-request.ts'
import type { WaitingCall } from './calls-of-thread.ts'
import { plainText } from './plain-text.ts'
import { shortIds } from './short-ids.ts'
import { waitingCalls } from './waiting-calls.ts'

/** A person's decision about one call. */
export type Decision =
  | { readonly type: 'approve' }
  | { readonly type: 'edit'; readonly args: Readonly<Record<string, unknown>> }
  | { readonly type: 'reject'; readonly message: string | undefined }
  | { readonly type: 'respond'; readonly message: string }

export interface AnswerOptions {
  /** Id of the call, or its first characters. */
  readonly id: string
  readonly decision: Decision
  readonly write: (line: string) => void
}

const done = {
  approve: 'Approved',
  edit: 'Edited and approved',
  reject: 'Rejected',
  respond: 'Gave the result of',
} as const

/**
 * Answers one call that waits for an approval. The answer has the call's digest, so that the server refuses it if another call waits now.
 *
 * @throws PlainError if no call or several calls have this id, or if the server refuses the answer
 */
export async function answerCall(server: AgentServer, { id, decision, write }: AnswerOptions): Promise<void> {
  const call = chosenCall(id, await waitingCalls(server), server)
  if (call.decisions.length > 0 && !call.decisions.includes(decision.type)) {
    throw new PlainError(
      `The call ${id} can't be answered by "${decision.type}". Its decisions are: ${call.decisions.map(plainText).join(', ')}.`,
    )
  }
  const run = await startRun(server, call, decision).catch((error: unknown) => {
    if (!(error instanceof AnsweredError) || error.status !== 409) throw error
    throw new PlainError(`${error.message}\nList the calls that wait now: npx hadal approvals --url ${server.url}`)
  })
  write(
    `${done[decision.type]}: ${plainText(call.tool)} on thread ${plainText(call.threadId)}. Run ${plainText(run)} continues with the answer.`,
  )
  const left = (await waitingCalls(server)).filter(
    ({ threadId, id: other }) => threadId === call.threadId && other !== call.id,
  )
  for (const one of left) write(`The call ${plainText(one.id)} of ${plainText(one.tool)} on this thread still waits.`)
}

/** The waiting call whose id begins with the text. @throws PlainError if there is none, or more than one */
function chosenCall(id: string, calls: readonly WaitingCall[], { url }: AgentServer): WaitingCall {
  const wanted = id.trim().toLowerCase()
  const found = calls.filter((call) => wanted !== '' && call.id.startsWith(wanted))
  const [call, ...others] = found
  if (call && others.length === 0) return call
  const list = `npx hadal approvals --url ${url}`
  if (call) {
    throw new PlainError(
      `Several calls that wait have an id that begins with "${plainText(id)}": ${shortIds(found.map((one) => one.id)).join(', ')}. Use more characters.`,
    )
  }
  throw new PlainError(
    `No call that waits for an approval has an id that begins with "${plainText(id)}": it was answered, has expired, or never existed. List the calls that wait: ${list}`,
  )
}

/** Starts the run that continues with the answer, with the assistant of the thread's newest run. @returns its id */
async function startRun(server: AgentServer, call: WaitingCall, decision: Decision): Promise<string> {
  const thread = `/threads/${encodeURIComponent(call.threadId)}`
  const [newest] = asList(await agentServerRequest(server, 'GET', `${thread}/runs?limit=1`))
  const assistant = isRecord(newest) && typeof newest.assistant_id === 'string' ? newest.assistant_id : call.agent
  const run = await agentServerRequest(server, 'POST', `${thread}/runs`, {
    assistant_id: assistant,
    command: { resume: { [call.id]: { decisions: [sentDecision(call, decision)], digest: call.digest } } },
  })
  return isRecord(run) && typeof run.run_id === 'string' ? run.run_id : 'without an id'
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function sentDecision({ tool }: WaitingCall, decision: Decision): object {
  if (decision.type === 'edit') return { type: 'edit', editedAction: { name: tool, args: decision.args } }
  if (decision.type === 'reject')
    return { type: 'reject', ...(decision.message === undefined ? {} : { message: decision.message }) }
  return decision
}

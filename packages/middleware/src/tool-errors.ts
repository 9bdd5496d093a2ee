import { inspect } from 'node:util'
import { isGraphBubbleUp } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware, ToolMessage } from 'langchain'
import { isInputBlocked } from './input-validation/input-blocked-error.ts'
import { ModelCallError } from './model-call-error.ts'
import { RateLimited } from './rate-limit.ts'
import { BudgetExceeded } from './token-budget/ledger.ts'
import { isObject } from './unknown-value.ts'

type WrapToolCall = NonNullable<AgentMiddleware['wrapToolCall']>
type ToolCall = Parameters<WrapToolCall>[0]['toolCall']

/** @returns what the model is told; undefined ends the run with the error */
export type OnToolError = (error: unknown, call: ToolCall) => string | undefined | Promise<string | undefined>

export interface ToolErrorsOptions {
  /** Decides about an error that a tool throws. Without it, the model is told the error's message. */
  readonly onToolError?: OnToolError
  /** Errors of the platform around the agent. They end the run: the agent's author is not asked. */
  readonly isFatal?: (error: unknown) => boolean
}

/** Characters of an error's message that the model is told. */
const mostCharacters = 2_000
/** The tool of deepagents that runs a subagent: what comes out of it is an error of the subagent's run, not of a tool. */
const subagentTool = 'task'
/** Limits of LangGraph and LangChain. */
const limitErrors = /^(?:GraphRecursionError|ToolCallLimitExceededError|ModelCallLimit\w*Error)$/

/**
 * Tells the model what a tool threw, as a result with status `error`, so that it can try something else. The author of an agent may end the run
 * instead. Arguments that a tool's schema refuses are always told, in one sentence without the stack that LangChain would add.
 *
 * Interrupts, drains, aborts and errors of budgets, limits and models are passed on: they are not the tool's.
 */
export function createToolErrorsMiddleware({
  onToolError = (error, call) => `The tool "${call.name}" failed: ${messageOf(error)}`,
  isFatal = () => false,
}: ToolErrorsOptions = {}): AgentMiddleware {
  return createMiddleware({
    name: 'ToolErrors',
    wrapToolCall: async (request, handler) => {
      try {
        return await handler(request)
      } catch (thrown) {
        const { toolCall, runtime } = request
        const refusal = schemaRefusal(thrown)
        if (refusal !== undefined) return toldError(toolCall, refusal)
        const ofSubagent = toolCall.name === subagentTool && !causes(thrown).some(isUnknownSubagent)
        if (ofSubagent || runtime.signal?.aborted || isPassedOn(thrown) || isFatal(thrown)) throw thrown
        const content = await onToolError(rootOf(thrown), toolCall)
        if (content === undefined) throw thrown
        return toldError(toolCall, content)
      }
    },
  })
}

/** deepagents throws it where the model invents a subagent: no subagent has run then. */
const isUnknownSubagent = ({ message }: Error): boolean => /^Error: invoked agent of type /.test(message)

const toldError = ({ id = '', name }: ToolCall, content: string): ToolMessage =>
  new ToolMessage({ tool_call_id: id, name, content, status: 'error' })

function isPassedOn(thrown: unknown): boolean {
  return (
    isBubbleUp(thrown) ||
    isInputBlocked(thrown) ||
    causes(thrown).some(
      (error) =>
        isBubbleUp(error) ||
        error instanceof BudgetExceeded ||
        error instanceof ModelCallError ||
        error instanceof RateLimited ||
        limitErrors.test(error.name),
    )
  )
}

/** LangGraph's check reads a field of what was thrown, which may be anything. */
const isBubbleUp = (thrown: unknown): boolean => isObject(thrown) && isGraphBubbleUp(thrown)

/** An error and its causes, each once. */
function causes(thrown: unknown): Error[] {
  const found: Error[] = []
  for (let each = thrown; each instanceof Error && !found.includes(each); each = each.cause) found.push(each)
  return found
}

const brandOf = (error: object): unknown => Reflect.get(error, '~brand')

/** What the tool threw: LangChain wraps it once for each middleware on its way. */
function rootOf(thrown: unknown): unknown {
  return causes(thrown).find((error) => brandOf(error) !== 'MiddlewareError') ?? thrown
}

/** The sentence about arguments that a tool's schema refuses; undefined for any other error. */
function schemaRefusal(thrown: unknown): string | undefined {
  const refused = causes(thrown).find((error) => brandOf(error) === 'ToolInvocationError')
  if (!refused) return undefined
  const toolError: unknown = Reflect.get(refused, 'toolError')
  const [, ...details] = messageOf(toolError).split('\n\n')
  const why = details.join('\n').trim()
  return `The tool was not called: its arguments do not match its schema.${why ? `\n${why}` : ''}\nCorrect them and call it again.`
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : inspect(error, { depth: 2, getters: false })
  return message.length > mostCharacters ? `${message.slice(0, mostCharacters)}…` : message
}

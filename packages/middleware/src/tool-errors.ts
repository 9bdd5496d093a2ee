import { inspect } from 'node:util'
import { isGraphBubbleUp } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware, ToolMessage } from 'langchain'
import { isInputBlocked } from './input-validation/input-blocked-error.ts'
import { ModelCallError } from './model-call-error.ts'
import { RateLimited } from './rate-limit.ts'
import { shortened } from './shortened.ts'
import { BudgetExceeded } from './token-budget/ledger.ts'
import { isObject } from './unknown-value.ts'

type WrapToolCall = NonNullable<AgentMiddleware['wrapToolCall']>
type ToolCall = Parameters<WrapToolCall>[0]['toolCall']

/** Callback for an error of a tool: returns the text that the model gets, or undefined to end the run with the error. */
export type OnToolError = (error: unknown, call: ToolCall) => string | undefined | Promise<string | undefined>

export interface ToolErrorsOptions {
  /** Callback that decides about an error of a tool. By default the model gets the message of the error. */
  readonly onToolError?: OnToolError
  /** Whether an error comes from the platform. Such an error ends the run without a call of `onToolError`. */
  readonly isFatal?: (error: unknown) => boolean
}

/** Maximum length in UTF-16 units of an error message that the model gets. */
const mostCharacters = 2_000
/** Name of deepagents' tool that runs a subagent. Its errors are errors of the subagent's run, not of a tool. */
const subagentTool = 'task'
/** Matches the names of the errors for limits of LangGraph and LangChain. */
const limitErrors = /^(?:GraphRecursionError|ToolCallLimitExceededError|ModelCallLimit\w*Error)$/

/**
 * Middleware that returns the error of a tool to the model, as a result with status `error`, so that the model can try something else. The author
 * of an agent can end the run instead. Errors of a tool's schema are always returned, without the stack that LangChain would add.
 *
 * Interrupts, drains, aborts and errors of budgets, limits and models are thrown on, because they are not errors of the tool.
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

/** Whether deepagents threw the error because the model called an unknown subagent, so that no subagent has run. */
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

/** Whether a thrown value is a LangGraph interrupt, command or drain. LangGraph's own check fails for values that are not objects. */
const isBubbleUp = (thrown: unknown): boolean => isObject(thrown) && isGraphBubbleUp(thrown)

/** An error and its causes without repetitions. */
function causes(thrown: unknown): Error[] {
  const found: Error[] = []
  for (let each = thrown; each instanceof Error && !found.includes(each); each = each.cause) found.push(each)
  return found
}

const brandOf = (error: object): unknown => Reflect.get(error, '~brand')

/** Error that the tool threw, without the wrappers that LangChain adds for each middleware. */
function rootOf(thrown: unknown): unknown {
  return causes(thrown).find((error) => brandOf(error) !== 'MiddlewareError') ?? thrown
}

/** Error text for arguments that do not match a tool's schema; undefined for any other error. */
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
  return shortened(message, mostCharacters)
}

import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { Command, isCommand } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware } from 'langchain'
import { InputBlockedError, isInputBlocked } from './input-validation/input-blocked-error.ts'
import { markedQuestion, markedResult, markOf, shownToModel, textOf } from './input-validation/marked-message.ts'
import type { Provenance } from './input-validation/rule.ts'
import { createTextInspector, type TextInspector } from './input-validation/text-inspector.ts'
import { ruleIds, type ValidationAction, type ValidationReport, verdict } from './input-validation/verdict.ts'

export interface InputValidationOptions {
  /**
   * Action for texts with an input validation finding of high severity: `block` withholds the text from the model. Findings of low severity
   * are always flagged.
   */
  readonly action?: ValidationAction
  /** Ids of input validation rules whose findings are ignored. */
  readonly allow?: readonly string[]
  /** Names of tools that read files of agents. The provenance of their results is `memory`. */
  readonly memoryTools?: readonly string[]
  /** Function that inspects texts for injected instructions. Default: one inspector per process, which caches its findings. */
  readonly inspector?: TextInspector
  /** Callback for every text with findings. The report never contains the text. */
  readonly onReport?: (report: ValidationReport, configurable: Readonly<Record<string, unknown>>) => void
}

const ofProcess = createTextInspector()
const deepAgentsReaders = ['read_file', 'grep', 'glob', 'ls']

/**
 * Middleware that searches input for injected instructions: the newest messages of the user when the agent is called, and each result of a tool.
 * Each text is inspected once. If a part of a text was not inspected, because of its length or its encodings, the text is flagged with a note.
 *
 * A blocked user message ends the call with an {@link InputBlockedError}. Its content is withheld from the model in later calls of the thread. A
 * blocked tool result is replaced by a note, and the run continues. The withheld content is in `additional_kwargs.input_validation` of the message.
 *
 * @throws Error if `allow` has an unknown rule
 */
export function createInputValidationMiddleware({
  action = 'block',
  allow = [],
  memoryTools = deepAgentsReaders,
  inspector = ofProcess,
  onReport,
}: InputValidationOptions = {}): AgentMiddleware {
  const unknown = allow.filter((id) => !ruleIds.includes(id))
  if (unknown.length > 0)
    throw new Error(
      `Invalid allow of input validation: unknown rules ${unknown.join(', ')}. The rules are ${ruleIds.join(', ')}.`,
    )

  const inspect = async (
    message: BaseMessage,
    provenance: Provenance,
    configurable: Readonly<Record<string, unknown>> = {},
  ): Promise<ValidationReport | undefined> => {
    const found = verdict(await inspector(textOf(message), provenance), provenance, action, allow)
    if (found) onReport?.(found, configurable)
    return found
  }

  return createMiddleware({
    name: 'InputValidation',
    beforeAgent: async ({ messages }, { configurable }) => {
      const marked: BaseMessage[] = []
      for (const message of newestQuestions(messages)) {
        const found = await inspect(message, 'user', configurable)
        if (found) marked.push(markedQuestion(message, found))
      }
      return marked.length > 0 ? { messages: marked } : undefined
    },
    wrapModelCall: (request, handler) => {
      const last = request.messages.at(-1)
      const mark = last && HumanMessage.isInstance(last) ? markOf(last) : undefined
      // An error in beforeAgent would discard its state update, and the message would stay in the thread unmarked.
      if (mark?.action === 'block') throw new InputBlockedError(mark.rules)
      return handler({ ...request, messages: request.messages.map(shownToModel) })
    },
    wrapToolCall: async (request, handler) => {
      const { name } = request.toolCall
      const provenance = memoryTools.includes(name) ? 'memory' : 'tool'
      const checked = async (message: BaseMessage): Promise<BaseMessage> => {
        if (!ToolMessage.isInstance(message)) return message
        const found = await inspect(message, provenance, request.runtime.configurable)
        return found ? markedResult(message, found) : message
      }
      try {
        const result = await handler(request)
        return isCommand(result) ? await checkedCommand(result, checked) : ((await checked(result)) as ToolMessage)
      } catch (error) {
        // The validation of a subagent blocked its task. The calling agent gets the error as a tool result and continues.
        if (!isInputBlocked(error)) throw error
        return new ToolMessage({
          content: error.message,
          tool_call_id: request.toolCall.id ?? '',
          name,
          status: 'error',
        })
      }
    },
  })
}

/** Messages of the user after the newest answer of the model, without those that input validation has already marked. */
function newestQuestions(messages: readonly BaseMessage[]): HumanMessage[] {
  const since = messages.findLastIndex((message) => AIMessage.isInstance(message))
  return messages
    .slice(since + 1)
    .filter((message): message is HumanMessage => HumanMessage.isInstance(message) && !markOf(message))
}

/** Copy of a tool's command in which the messages of the state update are inspected. */
async function checkedCommand(
  command: Command,
  checked: (message: BaseMessage) => Promise<BaseMessage>,
): Promise<Command> {
  const { update } = command
  if (typeof update !== 'object' || update === null || Array.isArray(update) || !('messages' in update)) return command
  const messages: unknown = update.messages
  if (!Array.isArray(messages)) return command
  const looked = await Promise.all(messages.map((message: BaseMessage) => checked(message)))
  return new Command({
    graph: command.graph,
    goto: command.goto,
    resume: command.resume,
    update: { ...update, messages: looked },
  })
}

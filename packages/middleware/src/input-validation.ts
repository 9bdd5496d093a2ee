import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { Command, isCommand } from '@langchain/langgraph'
import { type AgentMiddleware, createMiddleware } from 'langchain'
import { InputBlockedError, isInputBlocked } from './input-validation/input-blocked-error.ts'
import { markedQuestion, markedResult, markOf, shownToModel, textOf } from './input-validation/marked-message.ts'
import type { Provenance } from './input-validation/rule.ts'
import { createTextInspector, type TextInspector } from './input-validation/text-inspector.ts'
import { ruleIds, type ValidationAction, type ValidationReport, verdict } from './input-validation/verdict.ts'

export interface InputValidationOptions {
  /** What becomes of a finding of high severity: `block` keeps the text from the model. Those of low severity are flagged in any case. */
  readonly action?: ValidationAction
  /** Ids of rules whose findings are let through. */
  readonly allow?: readonly string[]
  /** Tools that read what the agent or others keep in files: what they bring counts as `memory`. */
  readonly memoryTools?: readonly string[]
  /** Inspects the texts. By default one inspector for the process, which remembers what it inspected. */
  readonly inspector?: TextInspector
  /** Hears of every text with findings, never of the text itself. */
  readonly onReport?: (report: ValidationReport, configurable: Readonly<Record<string, unknown>>) => void
}

const ofProcess = createTextInspector()
const deepAgentsReaders = ['read_file', 'grep', 'glob', 'ls']

/**
 * Looks for injected instructions in what comes in: people's newest messages when the agent is called, and each tool's result when it comes.
 * Each text is inspected once. A text or a part of it that was not inspected, for its length or its encodings, is flagged and says so.
 *
 * Blocked, a person's message ends the call with an {@link InputBlockedError}; its content stands withheld in the state, so the next call of
 * the thread goes on without it. A blocked tool result is replaced by a note, and the run goes on. Whatever is withheld is kept under
 * `additional_kwargs.input_validation` of its message.
 *
 * @throws Error when `allow` names a rule that there is not
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
      `Input validation allows ${unknown.join(', ')}, but has no such rule. There are ${ruleIds.join(', ')}.`,
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
      // Not in beforeAgent: what throws there writes nothing, and the message would stay in the thread as it came.
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
        // A subagent was given a task that its own validation refuses: its caller hears of it and goes on.
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

/** What people have said since the model last spoke, without what bears its verdict already. */
function newestQuestions(messages: readonly BaseMessage[]): HumanMessage[] {
  const since = messages.findLastIndex((message) => AIMessage.isInstance(message))
  return messages
    .slice(since + 1)
    .filter((message): message is HumanMessage => HumanMessage.isInstance(message) && !markOf(message))
}

/** A tool may answer with an update of the state, its message among it. */
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

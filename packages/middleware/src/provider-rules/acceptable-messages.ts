import { type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages'
import { copiedMessage } from './copied-message.ts'
import { pairedCalls } from './paired-calls.ts'
import { rulesOf } from './rules-of.ts'
import { strictTurns } from './strict-turns.ts'
import { emptyMessageMark, withoutBlanks } from './without-blanks.ts'

/**
 * A conversation in a form that a provider's API accepts. Parts that the API would refuse are removed or replaced by a mark, in copies: the
 * messages themselves belong to the thread and do not change.
 *
 * @param provider name of the provider in LangChain, such as `openai`
 * @returns the same array if the provider accepts it unchanged
 */
export function acceptableMessages(provider: string, messages: BaseMessage[]): BaseMessage[] {
  const rules = rulesOf(provider)
  const spoken = messages.flatMap((message) => withoutBlanks(message) ?? [])
  const paired = pairedCalls(spoken, rules.maxIdLength)
  const named = rules.plainNames ? paired.map(withPlainName) : paired
  const turns = named.every((message) => SystemMessage.isInstance(message))
    ? [...named, new HumanMessage(emptyMessageMark)]
    : named
  const accepted = rules.strictTurns ? strictTurns(turns) : turns
  const same = accepted.length === messages.length && accepted.every((message, index) => message === messages[index])
  return same ? messages : accepted
}

function withPlainName(message: BaseMessage): BaseMessage {
  const { name } = message
  if (name === undefined || /^[a-zA-Z0-9_-]{1,64}$/.test(name)) return message
  return copiedMessage(message, { name: name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'unnamed' })
}

import { SystemMessage } from '@langchain/core/messages'
import type { AgentMiddleware } from 'langchain'
import { createMiddleware } from 'langchain'
import { modelIdentity } from './model-identity.ts'
import { acceptableMessages } from './provider-rules/acceptable-messages.ts'
import { withoutBlankBlocks } from './provider-rules/without-blanks.ts'

/**
 * Sends each model what its provider's API accepts, so that an empty answer, a blank message or a lost result of a tool does not make a
 * provider refuse every later turn of a thread. The thread itself keeps what was said.
 *
 * Put it nearest to the model, inside of the fallback: each provider has its own rules.
 */
export function createProviderRulesMiddleware(): AgentMiddleware {
  return createMiddleware({
    name: 'ProviderRules',
    wrapModelCall: (request, handler) => {
      const { provider } = modelIdentity(request.model)
      const messages = acceptableMessages(provider, request.messages)
      const content = withoutBlankBlocks(request.systemMessage.content)
      const systemMessage =
        content === '' || content === request.systemMessage.content
          ? request.systemMessage
          : new SystemMessage({ content })
      return handler({ ...request, messages, systemMessage })
    },
  })
}

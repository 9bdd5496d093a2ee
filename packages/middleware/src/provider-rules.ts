import { SystemMessage } from '@langchain/core/messages'
import type { AgentMiddleware } from 'langchain'
import { createMiddleware } from 'langchain'
import { modelIdentity } from './model-identity.ts'
import { acceptableMessages } from './provider-rules/acceptable-messages.ts'
import { withoutBlankBlocks } from './provider-rules/without-blanks.ts'

/**
 * Middleware that sends each model only messages that its provider's API accepts. Without it, an empty answer, a blank message or a missing tool
 * result makes a provider refuse every later turn of a thread. The messages of the thread itself do not change.
 *
 * Put it nearest to the model, inside of the fallback, because each provider has its own rules.
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

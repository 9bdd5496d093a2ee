import type { ListedAgent } from '../agents/loaded-agent.ts'
import { Refusal } from './refusal.ts'
import { userKeys } from './run-user.ts'

/** Keys of `configurable` that the server sets for each run and that clients can't send. `thread_id` is handled separately. */
const serversOwn = new Set([
  'run_id',
  'run_attempt',
  'tenant',
  'graph_id',
  'assistant_id',
  'checkpoint_id',
  'checkpoint_ns',
  'checkpoint_map',
  ...userKeys,
])

/** Whether a key of `configurable` belongs to the server or to a middleware, so that no request header may set it. */
export const isReservedKey = (key: string): boolean =>
  key.startsWith('__') ||
  key === 'constructor' ||
  key === 'thread_id' ||
  serversOwn.has(key) ||
  middlewareOptions.has(key)

/**
 * Options that LangChain's middleware reads from a run's context, where they override those of the agent's author: `interruptOn: {}` switches
 * approvals off. A client can't send them unless the agent's context schema declares them.
 */
const middlewareOptions = new Set([
  'interruptOn',
  'descriptionPrefix',
  'runLimit',
  'threadLimit',
  'exitBehavior',
  'systemPrompt',
  'maxTools',
  'alwaysInclude',
  'rules',
  'applyToInput',
  'applyToOutput',
  'applyToToolResults',
  'enableCaching',
  'minMessagesToCache',
  'ttl',
  'unsupportedModelBehavior',
  'trigger',
  'keep',
  'summaryPrompt',
  'summaryPrefix',
  'tokenCounter',
  'trimTokensToSummarize',
])

/** Options that switch approvals off. A client can't send them even if the agent's context schema declares them. */
const neverAllowed = new Set(['interruptOn', 'descriptionPrefix'])

/**
 * Rejects keys of a run's `context` or `config.configurable` that a client may not send. `config.configurable` may repeat the `thread_id` of
 * the run's own thread, as the SDK's examples do.
 *
 * @param field name of the request's field, for the error
 * @throws {Refusal} 422 that names the first rejected key
 */
export function checkClientContext(
  agent: Pick<ListedAgent, 'graphId' | 'clientContext'>,
  field: 'context' | 'config.configurable',
  sent: Readonly<Record<string, unknown>>,
  threadId: string | undefined,
): void {
  const declared = agent.clientContext && new Set(agent.clientContext)
  for (const [key, value] of Object.entries(sent)) {
    const isOwnThread = value === undefined || (typeof value === 'string' && value.toLowerCase() === threadId)
    if (field === 'config.configurable' && key === 'thread_id' && isOwnThread) continue
    const reserved =
      key.startsWith('__') ||
      key === 'thread_id' ||
      serversOwn.has(key) ||
      neverAllowed.has(key) ||
      key === 'constructor'
    if (reserved || (!declared?.has(key) && (declared !== undefined || middlewareOptions.has(key)))) {
      const allowed = declared
        ? declared.size > 0
          ? `Graph "${agent.graphId}" allows ${[...declared].join(', ')}.`
          : `Graph "${agent.graphId}" allows no keys.`
        : 'It is reserved for the server or an option of a middleware, which only the agent’s author sets.'
      throw new Refusal(422, `${field}.${key} can't be sent by a client. ${allowed} Leave it out.`)
    }
  }
}

import type { LoadedAgent } from '../agents/loaded-agent.ts'
import { Refusal } from './refusal.ts'

/** Set by the server for each run. A client may repeat the thread's id, as the SDK's examples do, and nothing else. */
const serversOwn = new Set([
  'run_id',
  'run_attempt',
  'tenant',
  'graph_id',
  'assistant_id',
  'checkpoint_id',
  'checkpoint_ns',
  'checkpoint_map',
])

/**
 * LangChain's middleware takes options of the same names from a run's context, and lets them overrule what the agent's author wrote:
 * `interruptOn: {}` switches approvals off. So these never come from a client.
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

/** Switches an approval off, whoever declared it: not even an agent's own context schema lets it through. */
const neverAllowed = new Set(['interruptOn', 'descriptionPrefix'])

/**
 * Refuses what a client must not decide in a run's `context` or `config.configurable`.
 *
 * @param field how the client wrote it, for the message
 * @throws {Refusal} 422 that names the first key that may not be sent
 */
export function checkClientContext(
  agent: LoadedAgent,
  field: 'context' | 'config.configurable',
  sent: Readonly<Record<string, unknown>>,
  threadId: string | undefined,
): void {
  const declared = agent.clientContext && new Set(agent.clientContext)
  for (const [key, value] of Object.entries(sent)) {
    if (field === 'config.configurable' && key === 'thread_id' && (value === threadId || value === undefined)) continue
    const reserved =
      key.startsWith('__') ||
      key === 'thread_id' ||
      serversOwn.has(key) ||
      neverAllowed.has(key) ||
      key === 'constructor'
    if (reserved || (!declared?.has(key) && (declared !== undefined || middlewareOptions.has(key)))) {
      const allowed = declared
        ? declared.size > 0
          ? `Graph "${agent.graphId}" takes ${[...declared].join(', ')}.`
          : `Graph "${agent.graphId}" takes none.`
        : 'It is reserved for the server or an option of a middleware, which only the agent’s author sets.'
      throw new Refusal(422, `${field}.${key} can't be sent by a client. ${allowed} Leave it out.`)
    }
  }
}

import type { AgentSettings } from '@hadal/runtime/agents/agent-settings'
import type { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { type Script, ScriptedModel } from './scripted-model.ts'

/**
 * Listed by the installed packages: `dist/profiles.js` of @langchain/anthropic 1.5.11 and `dist/chat_models/profiles.js`
 * of @langchain/openai 1.6.0.
 */
const anthropicModel = 'claude-sonnet-5'
const openaiModel = 'gpt-5.6'

/** Milliseconds between two words of a script: about the pace at which a real model streams. */
const scriptedPauseMs = 10

/**
 * Anthropic's model where its key is given, else OpenAI's where its key is, else a script that says that it is one.
 * A provider's package is imported only when it is used: each costs start-up time.
 */
export async function chooseModel(settings: AgentSettings, script: Script): Promise<BaseChatModel> {
  if (settings.anthropicApiKey) {
    const { ChatAnthropic } = await import('@langchain/anthropic')
    return new ChatAnthropic({ model: anthropicModel, apiKey: settings.anthropicApiKey })
  }
  if (settings.openaiApiKey) {
    const { ChatOpenAI } = await import('@langchain/openai')
    return new ChatOpenAI({ model: openaiModel, apiKey: settings.openaiApiKey })
  }
  return new ScriptedModel(script, scriptedPauseMs)
}

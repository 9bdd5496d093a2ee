import { ChatOpenAICompletions } from '@langchain/openai'
import { expect, test } from 'vitest'
import { createChatModels } from './chat-models.ts'
import { defaultModelNames } from './create-models.ts'

const bounds = { firstByteMs: 1_000, idleMs: 1_000, callMs: 1_000 }
const open = (openaiApi: 'responses' | 'chat-completions' = 'responses') =>
  createChatModels({ keys: { anthropic: 'a', openai: 'o' }, openaiApi, bounds })

test('returns the same model of the provider for each use of a name', async () => {
  const named = await open()
  expect(named('anthropic:claude-opus-5')).toMatchObject({ model: 'claude-opus-5' })
  expect(named('openai:gpt-5.6')).toMatchObject({ model: 'gpt-5.6', useResponsesApi: true })
  expect(named('openai:gpt-5.6')).toBe(named('openai:gpt-5.6'))
})

test("uses OpenAI's older API if it is configured, even for models that LangChain calls by the newer one", async () => {
  expect((await open('chat-completions'))('openai:gpt-5.6')).toBeInstanceOf(ChatOpenAICompletions)
})

test('the default models are known to the installed packages, and can call tools', async () => {
  const named = await open()
  for (const name of Object.values(defaultModelNames)) {
    expect(named(name).profile).toMatchObject({ toolCalling: true })
  }
})

test('names an unknown model, and a model without its key', async () => {
  const named = await createChatModels({ keys: { anthropic: 'a' }, openaiApi: 'responses', bounds })
  expect(() => named('openai:gpt-5.6')).toThrow(
    'The model "openai:gpt-5.6" needs OPENAI_API_KEY, which is not set. Set OPENAI_API_KEY_FILE to a file\'s path, or OPENAI_API_KEY.',
  )
  expect(() => named('mistral:large')).toThrow(
    'Unknown model "mistral:large": its provider is not configured. Configured providers: anthropic.',
  )
})

import { ChatOpenAICompletions } from '@langchain/openai'
import { expect, test } from 'vitest'
import { createChatModels } from './chat-models.ts'
import { defaultModelNames } from './create-models.ts'

const bounds = { firstByteMs: 1_000, idleMs: 1_000, callMs: 1_000 }
const open = (openaiApi: 'responses' | 'chat-completions' = 'responses') =>
  createChatModels({ providers: { anthropic: { apiKey: 'a' }, openai: { apiKey: 'o' } }, openaiApi, bounds })

test('a name gives the model of its provider, the same one each time', async () => {
  const named = await open()
  expect(named('anthropic:claude-opus-5')).toMatchObject({ model: 'claude-opus-5' })
  expect(named('openai:gpt-5.6')).toMatchObject({ model: 'gpt-5.6', useResponsesApi: true })
  expect(named('openai:gpt-5.6')).toBe(named('openai:gpt-5.6'))
})

test("OpenAI's older API is spoken where it is asked for, even to models that LangChain sends to the newer one", async () => {
  expect((await open('chat-completions'))('openai:gpt-5.6')).toBeInstanceOf(ChatOpenAICompletions)
})

test('the models that answer by themselves are among those that the installed packages know, and can call tools', async () => {
  const named = await open()
  for (const name of Object.values(defaultModelNames)) {
    expect(named(name).profile).toMatchObject({ toolCalling: true })
  }
})

test('a model that is not there, or whose key is not, is told by name', async () => {
  const named = await createChatModels({ providers: { anthropic: { apiKey: 'a' } }, openaiApi: 'responses', bounds })
  expect(() => named('openai:gpt-5.6')).toThrow(
    'The model "openai:gpt-5.6" needs OPENAI_API_KEY, and it is not set. Set OPENAI_API_KEY_FILE to a file\'s path, or OPENAI_API_KEY.',
  )
  expect(() => named('mistral:large')).toThrow('There is no model "mistral:large".')
})

import { ChatAnthropic } from '@langchain/anthropic'
import { ChatOpenAI } from '@langchain/openai'
import { expect, test } from 'vitest'
import { chooseModel } from './choose-model.ts'
import { ScriptedModel } from './scripted-model.ts'

const script = () => ({ text: 'scripted' })

test("a key chooses its provider's model, Anthropic's first, and no key the script", async () => {
  expect(await chooseModel({ anthropicApiKey: 'a', openaiApiKey: 'o' }, script)).toBeInstanceOf(ChatAnthropic)
  expect(await chooseModel({ openaiApiKey: 'o' }, script)).toBeInstanceOf(ChatOpenAI)
  expect(await chooseModel({}, script)).toBeInstanceOf(ScriptedModel)
})

test('the chosen models are among those that the installed packages know, and can call tools', async () => {
  for (const keys of [{ anthropicApiKey: 'a' }, { openaiApiKey: 'o' }]) {
    expect((await chooseModel(keys, script)).profile).toMatchObject({ toolCalling: true })
  }
})

import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages'
import { tool } from 'langchain'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Script, ScriptedModel } from './scripted-model.ts'

const note = tool(() => '', { name: 'note', description: 'Notes', schema: z.object({ text: z.string() }) })

/** Script that calls the first bound tool once with the text of the last message, and then replies with the text of the first message. */
const script: Script = (messages, tools) => {
  const called = messages.some((message) => AIMessage.isInstance(message))
  const text = messages[called ? 0 : messages.length - 1]?.text ?? ''
  const name = tools[0]
  return called || name === undefined ? { text } : { text, call: { name, args: { text } } }
}

test('returns the text and the tool call of the script', async () => {
  const reply = await new ScriptedModel(script).bindTools([note]).invoke('two words')
  expect(reply.text).toBe('two words')
  expect(reply.tool_calls).toMatchObject([{ name: 'note', args: { text: 'two words' } }])
})

test('streams the text word by word, with its white space', async () => {
  const pieces: string[] = []
  for await (const chunk of await new ScriptedModel(script).stream('  one two\nthree ')) pieces.push(chunk.text)
  expect(pieces.filter(Boolean)).toEqual(['  one', ' two', '\nthree '])
})

test('decides a turn by the messages alone, so that another instance can continue the conversation', async () => {
  const said: BaseMessage[] = [new HumanMessage('go on')]
  said.push(await new ScriptedModel(script).bindTools([note]).invoke(said))
  expect((await new ScriptedModel(script).bindTools([note]).invoke(said)).text).toBe('go on')
})

test('serves many conversations at the same time without mixing them', async () => {
  const model = new ScriptedModel(script, 1)
  const words = Array.from({ length: 20 }, (_, index) => `conversation ${index}`)
  expect(await Promise.all(words.map(async (word) => (await model.invoke(word)).text))).toEqual(words)
})

test('an aborted call stops before the end of its text', async () => {
  const abort = new AbortController()
  const pieces: string[] = []
  const stream = await new ScriptedModel(script).stream('one two three', { signal: abort.signal })
  const read = async (): Promise<void> => {
    for await (const chunk of stream) {
      pieces.push(chunk.text)
      abort.abort()
    }
  }
  await expect(read()).rejects.toThrow(/abort/i)
  expect(pieces.length).toBeLessThan(3)
})

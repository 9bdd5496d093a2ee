import { BaseChatModel } from '@langchain/core/language_models/chat_models'
import { AIMessage } from '@langchain/core/messages'
import type { ChatResult } from '@langchain/core/outputs'
import { expect, test } from 'vitest'
import { guardedModel } from './guarded-model.ts'

/** Model of a package that does not stream. It never answers, and remembers whether its request was aborted. */
class SilentModel extends BaseChatModel {
  aborted = false
  override _llmType(): string {
    return 'silent'
  }
  override _generate(_messages: unknown, { signal }: this['ParsedCallOptions']): Promise<never> {
    signal?.addEventListener('abort', () => {
      this.aborted = true
    })
    return new Promise(() => {})
  }
}

/** The same model with a stream. */
class StreamingModel extends SilentModel {
  streams = 0
  override async *_streamResponseChunks(): AsyncGenerator<never> {
    this.streams += 1
    await new Promise(() => {})
    yield* []
  }
}

/** Model of a package that does not stream. It answers at once. */
class WholeModel extends BaseChatModel {
  override _llmType(): string {
    return 'whole'
  }
  override async _generate(): Promise<ChatResult> {
    const text = 'The whole answer.'
    return { generations: [{ text, message: new AIMessage(text) }] }
  }
}

const bounds = { firstByteMs: 30_000, idleMs: 30_000, callMs: 50 }

test.each([
  ['that does not stream', () => new SilentModel({})],
  ['whose streaming is disabled', () => Object.assign(new StreamingModel({}), { disableStreaming: true })],
])('a model %s is aborted after the maximum duration of a response', async (_, create) => {
  const model = guardedModel(create(), bounds)
  await expect(model.invoke('Hello')).rejects.toThrow("The model's provider failed: the response was not complete")
  expect(model).toMatchObject({ aborted: true })
})

test('a model that does not stream answers, also if its answer is read as a stream', async () => {
  const model = guardedModel(new WholeModel({}), { ...bounds, callMs: 30_000 })
  expect((await model.invoke('Hello')).text).toBe('The whole answer.')
  const texts: string[] = []
  for await (const { text } of await model.stream('Hello')) texts.push(text)
  expect(texts).toEqual(['The whole answer.'])
})

test('a model that can stream does so, also if its answer is not read as a stream', async () => {
  const model = guardedModel(new StreamingModel({}), bounds)
  await expect(model.invoke('Hello')).rejects.toThrow("The model's provider failed: the response was not complete")
  expect(model.streams).toBe(1)
})

import { BaseChatModel } from '@langchain/core/language_models/chat_models'
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

test('a model that does not stream is aborted after the maximum duration of a response', async () => {
  const model = guardedModel(new SilentModel({}), { firstByteMs: 30_000, idleMs: 30_000, callMs: 50 })
  await expect(model.invoke('Hello')).rejects.toThrow("The model's provider failed: the response was not complete")
  expect(model.aborted).toBe(true)
})

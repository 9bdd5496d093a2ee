import { ToolMessage } from '@langchain/core/messages'
import { expect, test } from 'vitest'
import { createToolErrorsMiddleware } from './tool-errors.ts'

type WrapToolCall = NonNullable<ReturnType<typeof createToolErrorsMiddleware>['wrapToolCall']>
type Request = Parameters<WrapToolCall>[0]

/** Calls a tool through the tool error middleware. The tool has the given name and throws the given error. */
async function called(name: string, error: unknown): Promise<unknown> {
  const { wrapToolCall } = createToolErrorsMiddleware()
  const request = { toolCall: { id: 'call_1', name, args: {} }, runtime: {} }
  return wrapToolCall?.(request as unknown as Request, () => Promise.reject(error))
}

test('returns the error for an unknown subagent to the model, and throws an error of a subagent', async () => {
  const invented = new Error('Error: invoked agent of type poet, the only allowed types are `general-purpose`')
  const told = await called('task', invented)
  expect(told).toBeInstanceOf(ToolMessage)
  expect(told).toMatchObject({ status: 'error', content: expect.stringContaining('the only allowed types are') })
  const failed = new Error('the subagent failed')
  await expect(called('task', failed)).rejects.toBe(failed)
})

import type { Context } from 'hono'
import { namedAssistantId } from '../runs/assistants/run-assistant.ts'
import { inScope } from '../runs/runs-context.ts'
import { authorized } from './authorized.ts'
import type { HttpContext } from './http-context.ts'
import type { RunBody } from './run-body.ts'

/** A run that the author's handlers allow: its body as they left it, and the context with their filters for the thread and the assistant. */
interface AuthorizedRun<Body extends RunBody> {
  readonly body: Body
  readonly context: HttpContext
}

/**
 * Calls the author's handlers for a new run: that of `threads:create_run`, and that of `assistants:read` for its assistant.
 *
 * @throws {Refusal} as {@link authorized}
 */
export async function authorizedRun<Body extends RunBody>(
  c: Context,
  body: Body,
  threadId: string | undefined,
  runId: string,
): Promise<AuthorizedRun<Body>> {
  if (!c.get('caller').authorize) return { body, context: c.get('context') }
  const assistantId = namedAssistantId(c.get('context').agents, body.assistant_id) ?? body.assistant_id
  const value = {
    thread_id: threadId ?? null,
    assistant_id: assistantId,
    run_id: runId,
    status: 'pending',
    metadata: body.metadata ?? {},
    prevent_insert_if_inflight: body.multitask_strategy === 'reject',
    multitask_strategy: body.multitask_strategy ?? 'enqueue',
    if_not_exists: body.if_not_exists ?? 'reject',
    after_seconds: body.after_seconds ?? 0,
    kwargs: { input: body.input, command: body.command, config: body.config ?? {}, context: body.context ?? {} },
  }
  const ofThread = await authorized(c, 'threads:create_run', value)
  const ofAssistant = await authorized(c, 'assistants:read', { assistant_id: assistantId, metadata: {} })
  const { assistants } = ofAssistant.scope
  const { metadata, kwargs } = value
  return {
    body: {
      ...body,
      metadata,
      input: kwargs.input,
      ...(body.config || Object.keys(kwargs.config).length > 0 ? { config: kwargs.config } : {}),
      ...(body.context || Object.keys(kwargs.context).length > 0 ? { context: kwargs.context } : {}),
    },
    context: inScope(ofThread, { ...ofThread.scope, ...(assistants ? { assistants } : {}) }),
  }
}

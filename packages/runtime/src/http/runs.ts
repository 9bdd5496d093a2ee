import { randomUUID } from 'node:crypto'
import { isRecord } from '@hadal/middleware/unknown-value'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { GraphUnavailable } from '../agents/graph-unavailable.ts'
import type { HeaderNames } from '../agents/project-http.ts'
import { findRunAssistant, type RunAssistant } from '../runs/assistants/run-assistant.ts'
import { cancelRun } from '../runs/cancel-run.ts'
import { cancelRunsByStatus, cancelRunsOfThread } from '../runs/cancel-runs.ts'
import { checkClientTexts } from '../runs/client-texts.ts'
import { deleteRun } from '../runs/delete-thread.ts'
import { EndWait } from '../runs/end-wait.ts'
import type { RunIds } from '../runs/gone-run.ts'
import { Refusal, unknownRun, unknownThread } from '../runs/refusal.ts'
import { givenCredentials } from '../runs/run-credentials.ts'
import { streamModes } from '../runs/run-request.ts'
import { splitIdentity } from '../runs/run-user.ts'
import { inScope } from '../runs/runs-context.ts'
import { type NewRun, submitRun, submitRuns } from '../runs/submit-run.ts'
import { findRun, isOver, listRuns, type RunRow, runStatuses } from '../store/queries/run-rows.ts'
import { threadExists } from '../store/queries/thread-rows.ts'
import { wholeTenant } from '../store/scope.ts'
import { authorized } from './authorized.ts'
import { authorizedRun } from './authorized-run.ts'
import {
  checked,
  checkedBody,
  checkedQuery,
  Flag,
  Name,
  NoQuery,
  textList,
  Uuid,
  uuidParameter,
  WholeNumberText,
} from './checked-input.ts'
import { runHeaders, withoutHeaders } from './chosen-headers.ts'
import {
  cutOf,
  eventStream,
  type SentEventsOptions,
  type StreamContext,
  streamHeaders,
  wantedModes,
} from './event-stream.ts'
import { exactObject } from './exact-object.ts'
import { finalValuesAnswer } from './final-values.ts'
import type { HttpContext } from './http-context.ts'
import { idempotencyKey } from './idempotency-key.ts'
import { nameIgnored } from './ignored-fields.ts'
import { jsonAnswer } from './json-answer.ts'
import { OpenStreams } from './open-streams.ts'
import { mayApprove, mayRun, requireCancelRole, requireRunRole } from './route-access.ts'
import { RunBatch, withApiNames } from './run-batch.ts'
import { ineffectiveFields, newRun, type RunBody, StatelessRunBody, ThreadRunBody } from './run-body.ts'
import { selectedFields } from './selected-fields.ts'
import { runAnswer } from './thread-answer.ts'

export const ListQuery = z.strictObject({
  limit: WholeNumberText.optional(),
  offset: WholeNumberText.optional(),
  status: z.enum(runStatuses).optional(),
  select: textList.optional(),
})
const CancelActionName = z.enum(['interrupt', 'rollback'])
export const CancelQuery = z.strictObject({
  wait: Flag.optional(),
  action: CancelActionName.optional(),
  /** Reason that is kept with the run. The value `taken` means that the client has given the run's input to another run. */
  reason: Name.max(1_000).optional(),
})
/** Schema of the body that cancels several runs. An unknown field is refused, because ignoring it could cancel more runs. */
export const CancelMany = exactObject({
  status: z.enum(['pending', 'running', 'all']).nullish(),
  thread_id: Uuid.nullish(),
  run_ids: z.array(Uuid).min(1).max(1_000).nullish(),
}).refine(
  ({ status, thread_id, run_ids }) => (status ? !thread_id && !run_ids : thread_id && run_ids),
  'must have either status, or thread_id and run_ids',
)
export const CancelManyQuery = exactObject({ action: CancelActionName.optional() })
export const JoinQuery = z.strictObject({ cancel_on_disconnect: Flag.optional() })
export const StreamQuery = z.strictObject({
  cancel_on_disconnect: Flag.optional(),
  stream_mode: textList.pipe(z.array(z.enum(streamModes))).optional(),
  // Ignored: the API allows a server without a namespace filter to send every event.
  namespace: textList.optional(),
})
const LastEventId = z.strictObject({
  'Last-Event-ID': z.string().regex(/^-1$|^\d{1,9}$/, 'must be the id of an event of this run'),
})

/** Sequence number of the last event that the client received, from its `Last-Event-ID` header. 0 without one, or for -1: from the start. */
function lastEventId(c: Context): number {
  const header = c.req.header('last-event-id')
  if (!header) return 0
  return Math.max(Number(checked(LastEventId, { 'Last-Event-ID': header })['Last-Event-ID']), 0)
}

const pathOf = (run: RunRow): string => `/threads/${run.thread_id}/runs/${run.run_id}`

/** Returns the run that a request describes, after the validation of its texts. */
async function askedRun(
  context: HttpContext,
  c: Context,
  body: RunBody,
  threadId: string | undefined,
  runId: string,
): Promise<NewRun> {
  const answers = threadId !== undefined && (body.command?.resume ?? null) !== null
  requireRunRole(c.get('caller'), answers)
  const assistant = withoutChosenHeaders(context, await findRunAssistant(context, body.assistant_id))
  const { agent } = assistant
  if (agent.problem !== undefined) throw new GraphUnavailable(agent.problem)
  nameIgnored(c, ineffectiveFields(body, threadId, context.langSmith !== undefined))
  const asked = newRun(assistant, withoutHeaderKeys(context, body), threadId, runId)
  await checkClientTexts(
    context.validation,
    { input: body.input, command: body.command, context: asked.request.context },
    threadId,
    agent.recorded?.allowedFindings,
  )
  const traceparent = c.get('trace')?.traceparent
  const { identity, roles } = c.get('caller')
  const signedIn = identity && splitIdentity(identity)
  const credentials = givenCredentials({
    headers: runHeaders(c.req.raw.headers, headerNames(context)),
    user: signedIn?.further ?? {},
  })
  return {
    ...asked,
    answerer: {
      mayRun: mayRun(c.get('caller')),
      mayApprove: mayApprove(c.get('caller')),
      approvalByOthers: context.approvalByOthers ?? false,
    },
    ...(credentials ? { credentials } : {}),
    request: {
      ...asked.request,
      ...(signedIn ? { user: signedIn.user, administers: roles.has('administer') } : {}),
      ...(traceparent === undefined ? {} : { traceparent }),
    },
  }
}

/** Names of the request headers that the nodes of a run get. */
const headerNames = ({ project }: HttpContext): HeaderNames =>
  project?.http.configurableHeaders ?? { includes: [], excludes: [] }

/** Adds the routes that start a run on a thread or a stateless run: in the background, with its values as the response, or as a stream. */
function starts(streams: OpenStreams, app: Hono, path: string, Body: z.ZodType<RunBody>, ofThread: boolean): void {
  const submitted = async (
    c: Context,
    runId: string = randomUUID(),
  ): Promise<{ run: RunRow; body: RunBody; headers: Record<string, string> }> => {
    const threadId = ofThread ? uuidParameter(c, 'thread_id') : undefined
    const sent = await checkedBody(c.get('context'), c, Body)
    const once = idempotencyKey(c, threadId ?? 'stateless', sent)
    const { context, body } = await authorizedRun(c, sent, threadId, runId)
    const run = await submitRun(context, await askedRun(context, c, body, threadId, runId), once)
    return { run, body, headers: { 'content-location': pathOf(run) } }
  }
  /** Waits for a run that an earlier request created, in place of the wait for a new run. */
  const joined = async (context: HttpContext, run: RunRow, unused: EndWait): Promise<{ run: RunRow; end: EndWait }> => {
    unused.close()
    const end = new EndWait(context, run.run_id)
    // The run may have ended before the wait began.
    return { run: (await findRun(context.pool, wholeTenant(context.scope.tenant), run.run_id)) ?? run, end }
  }
  app.post(path, async (c) => {
    const { run, headers } = await submitted(c)
    return jsonAnswer(runAnswer(run), headers)
  })
  app.post(`${path}/wait`, async (c) => {
    const context = c.get('context')
    const runId = randomUUID()
    const ownEnd = new EndWait(context, runId)
    const {
      run: accepted,
      body,
      headers,
    } = await submitted(c, runId).catch((error: unknown) => {
      ownEnd.close()
      throw error
    })
    const { run, end } =
      accepted.run_id === runId ? { run: accepted, end: ownEnd } : await joined(context, accepted, ownEnd)
    const location = { ...headers, location: `${pathOf(run)}/join` }
    const onGone = cancelWhenGone(ofTenant(context), run, body.on_disconnect === 'cancel')
    return finalValuesAnswer(context, run, end, location, onGone)
  })
  app.post(`${path}/stream`, async (c) => {
    const context = { ...c.get('context'), streams }
    const { run, body, headers } = await submitted(c)
    const onGone = cancelWhenGone(ofTenant(context), run, body.on_disconnect === 'cancel')
    return runStreamAnswer(context, run, 0, undefined, { onGone, cut: cutOf(c) }, headers)
  })
}

/** Leaves out the keys of a client's `config.configurable` that have the name of a chosen request header: only the header may set them. */
function withoutHeaderKeys(context: HttpContext, body: RunBody): RunBody {
  if (!body.config?.configurable) return body
  const configurable = withoutHeaders(body.config.configurable, headerNames(context))
  return { ...body, config: { ...body.config, configurable } }
}

/** Leaves out the settings of an assistant that have the name of a chosen request header: only the header may set them. */
function withoutChosenHeaders(context: HttpContext, assistant: RunAssistant): RunAssistant {
  const { made } = assistant
  if (!made || !isRecord(made.config.configurable)) return assistant
  const configurable = withoutHeaders(made.config.configurable, headerNames(context))
  return { ...assistant, made: { ...made, config: { ...made.config, configurable } } }
}

const ids = (run: RunRow): RunIds => ({ runId: run.run_id, threadId: run.thread_id })

/** @throws {Refusal} 422 for the reason `taken` together with a rollback, which deletes the run and its reason */
function checkReason(action: string, reason: string | undefined): void {
  if (reason === undefined || action === 'interrupt') return
  throw new Refusal(
    422,
    `reason: a run that is rolled back is deleted with its reason. Leave it out, or send action "interrupt".`,
  )
}

/** Returns the context in the scope of the whole tenant: a caller who started a run by an answer may cancel it, but may no longer see its thread. */
const ofTenant = (context: HttpContext): HttpContext => inScope(context, wholeTenant(context.scope.tenant))

/**
 * Returns the context in which the server cancels a run when the client that follows it disconnects.
 *
 * @param cancels whether the request has `cancel_on_disconnect`
 * @throws {Refusal} 403 if the caller may read the run, but not cancel it
 */
async function cancellingContext(c: Context, cancels: boolean): Promise<HttpContext> {
  if (!cancels) return c.get('context')
  requireCancelRole(c.get('caller'))
  const value = { thread_id: c.req.param('thread_id') ?? null, run_id: c.req.param('run_id') ?? null }
  return authorized(c, 'threads:update', value)
}

function cancelWhenGone(context: HttpContext, run: RunRow, cancels: boolean): () => void {
  return () => {
    if (!cancels || context.closing.aborted) return
    cancelRun(context, run.thread_id, run.run_id, { action: 'interrupt' }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) context.log.warn({ err: error, run_id: run.run_id }, 'cancel_failed')
    })
  }
}

function runStreamAnswer(
  context: StreamContext,
  run: RunRow,
  after: number,
  modes: readonly string[] | undefined,
  options: SentEventsOptions,
  headers: Record<string, string>,
): Response {
  return new Response(eventStream(context, ids(run), after, wantedModes(modes), options), {
    headers: {
      ...streamHeaders,
      // The path at which the client continues the stream after a broken connection.
      location: `${pathOf(run)}/stream`,
      ...headers,
    },
  })
}

/** Routes of runs: start, list, read, cancel, delete, wait for and stream them. */
export function runs({ closing }: Pick<HttpContext, 'closing'>): Hono {
  const streams = new OpenStreams(closing)
  const app = new Hono()
  const runOf = async (c: Context): Promise<RunRow> => {
    const { pool, scope } = c.get('context')
    const threadId = c.req.param('thread_id') === undefined ? undefined : uuidParameter(c, 'thread_id')
    const runId = uuidParameter(c, 'run_id')
    const run = await findRun(pool, scope, runId)
    if (!run || (threadId && run.thread_id !== threadId)) throw unknownRun(threadId, runId)
    return run
  }
  starts(streams, app, '/threads/:thread_id/runs', ThreadRunBody, true)
  starts(streams, app, '/runs', StatelessRunBody, false)

  app.post('/runs/batch', async (c) => {
    const bodies = await checkedBody(c.get('context'), c, RunBatch, withApiNames)
    const once = idempotencyKey(c, 'batch', bodies)
    const asked: NewRun[] = []
    for (const sent of bodies) {
      const runId = randomUUID()
      const { context, body } = await authorizedRun(c, sent, undefined, runId)
      asked.push(await askedRun(context, c, body, undefined, runId))
    }
    return jsonAnswer((await submitRuns(c.get('context'), asked, once)).map(runAnswer))
  })
  app.post('/runs/cancel', async (c) => {
    const context = c.get('context')
    const { action = 'interrupt' } = checkedQuery(c, CancelManyQuery)
    const { status, thread_id, run_ids } = await checkedBody(context, c, CancelMany)
    if (thread_id && run_ids) await cancelRunsOfThread(context, thread_id, run_ids, { action })
    if (status) {
      const statuses = status === 'all' ? (['pending', 'running'] as const) : [status]
      await cancelRunsByStatus(context, statuses, { action }, AbortSignal.any([c.req.raw.signal, context.closing]))
    }
    return c.body(null, 204)
  })

  app.get('/threads/:thread_id/runs', async (c) => {
    const context = c.get('context')
    const threadId = uuidParameter(c, 'thread_id')
    const { limit = 10, offset = 0, status, select } = checkedQuery(c, ListQuery)
    const withRequest = select?.includes('kwargs') ?? true
    const page = { limit: Math.min(limit, 1_000), offset, status, withRequest }
    const found = await context.reads.ofThread(threadId, async (database) => {
      if (!(await threadExists(database, context.scope, threadId))) throw unknownThread(threadId)
      return listRuns(database, { tenant: context.scope.tenant, threadId }, page)
    })
    return jsonAnswer(found.map((run) => selectedFields(runAnswer(run), select)))
  })
  app.get('/threads/:thread_id/runs/:run_id', async (c) => jsonAnswer(runAnswer(await runOf(c))))
  app.delete('/threads/:thread_id/runs/:run_id', async (c) => {
    const context = c.get('context')
    checkedQuery(c, NoQuery)
    await deleteRun(context, uuidParameter(c, 'thread_id'), uuidParameter(c, 'run_id'))
    return c.body(null, 204)
  })
  app.post('/threads/:thread_id/runs/:run_id/cancel', async (c) => {
    const context = c.get('context')
    const { wait, action = 'interrupt', reason } = checkedQuery(c, CancelQuery)
    checkReason(action, reason)
    const run = await runOf(c)
    const end = wait ? new EndWait(context, run.run_id) : undefined
    try {
      await cancelRun(context, run.thread_id, run.run_id, { action, reason })
      if (!end) return c.body(null, 202)
      const isEnded = async (): Promise<true | undefined> => {
        const now = await findRun(context.pool, context.scope, run.run_id)
        return !now || isOver(now.status) ? true : undefined
      }
      await end.until(isEnded, AbortSignal.any([c.req.raw.signal, context.closing]))
      return c.body(null, 204)
    } finally {
      end?.close()
    }
  })
  app.get('/threads/:thread_id/runs/:run_id/join', async (c) => {
    const context = c.get('context')
    const { cancel_on_disconnect = false } = checkedQuery(c, JoinQuery)
    const cancelling = await cancellingContext(c, cancel_on_disconnect)
    const end = new EndWait(context, uuidParameter(c, 'run_id'))
    const run = await runOf(c).catch((error: unknown) => {
      end.close()
      throw error
    })
    return finalValuesAnswer(context, run, end, {}, cancelWhenGone(cancelling, run, cancel_on_disconnect))
  })
  for (const path of ['/threads/:thread_id/runs/:run_id/stream', '/runs/:run_id/stream']) {
    app.get(path, async (c) => {
      const context = { ...c.get('context'), streams }
      const { cancel_on_disconnect = false, stream_mode } = checkedQuery(c, StreamQuery)
      const cancelling = await cancellingContext(c, cancel_on_disconnect)
      const run = await runOf(c)
      const onGone = cancelWhenGone(cancelling, run, cancel_on_disconnect)
      return runStreamAnswer(context, run, lastEventId(c), stream_mode, { onGone, cut: cutOf(c) }, {})
    })
  }
  return app
}

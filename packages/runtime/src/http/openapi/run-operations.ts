import { z } from 'zod'
import { RunBatch } from '../run-batch.ts'
import { StatelessRunBody, ThreadRunBody } from '../run-body.ts'
import { CancelMany, CancelManyQuery, CancelQuery, JoinQuery, ListQuery, StreamQuery } from '../runs.ts'
import { modesSentence, RunAnswer, Values } from './answers.ts'
import type { Operation, Operations } from './operation.ts'

const unknown = { 404: 'There is no such thread or run.' }
const lastEventId = {
  'Last-Event-ID': 'Id of the last event that the client has; `-1` for the events from the beginning.',
}
const location = { 'Content-Location': 'Path of the run.' }

const idempotencyKey = {
  'Idempotency-Key': 'A text that identifies the request: a repeated request with the same key gets the same run.',
}
const repeated = { 409: 'The Idempotency-Key was used for another request.' }

const started = {
  200: { description: 'The run.', schema: RunAnswer, headers: location },
}
const waited = {
  200: {
    description: 'The values at the end of the run. For a failed run `__error__`, for one that asks `__interrupt__`.',
    schema: Values,
    headers: location,
  },
}
const streamed: Operation['answers'] = {
  200: { description: `Server-sent events. ${modesSentence}`, type: 'text/event-stream', headers: location },
}
const onThread = {
  404: 'There is no such thread, assistant or checkpoint.',
  409: 'The thread has an active run, and `multitask_strategy` is `reject`; or an answer does not fit the question that waits.',
}
const stateless = { 404: 'There is no such assistant.', ...repeated }

/** Operations of runs. */
export const runOperations: Operations = {
  'POST /threads/{thread_id}/runs': {
    tag: 'Runs on threads',
    summary: 'Start a run in the background',
    body: ThreadRunBody,
    headers: idempotencyKey,
    answers: started,
    errors: onThread,
  },
  'POST /threads/{thread_id}/runs/wait': {
    tag: 'Runs on threads',
    summary: 'Start a run and wait for its values',
    body: ThreadRunBody,
    headers: idempotencyKey,
    answers: waited,
    errors: onThread,
  },
  'POST /threads/{thread_id}/runs/stream': {
    tag: 'Runs on threads',
    summary: 'Start a run and stream its events',
    body: ThreadRunBody,
    headers: idempotencyKey,
    answers: streamed,
    errors: onThread,
  },
  'GET /threads/{thread_id}/runs': {
    tag: 'Runs on threads',
    summary: 'List the runs of a thread, newest first',
    query: ListQuery,
    answers: { 200: { description: 'The runs.', schema: z.array(RunAnswer.partial()) } },
    errors: { 404: 'There is no such thread.' },
  },
  'GET /threads/{thread_id}/runs/{run_id}': {
    tag: 'Runs on threads',
    summary: 'Read a run',
    answers: { 200: { description: 'The run.', schema: RunAnswer } },
    errors: unknown,
  },
  'DELETE /threads/{thread_id}/runs/{run_id}': {
    tag: 'Runs on threads',
    summary: 'Delete a run that is over',
    answers: { 204: { description: 'Deleted. The state that the run left stays.' } },
    errors: { ...unknown, 409: 'The run is not over.' },
  },
  'POST /threads/{thread_id}/runs/{run_id}/cancel': {
    tag: 'Runs on threads',
    summary: 'Cancel a run',
    description: '`interrupt` keeps what the run has done, `rollback` removes it with the run.',
    query: CancelQuery,
    answers: { 202: { description: 'Requested.' }, 204: { description: 'The run is over, with `wait`.' } },
    errors: { ...unknown, 409: 'The run is over.' },
  },
  'GET /threads/{thread_id}/runs/{run_id}/join': {
    tag: 'Runs on threads',
    summary: 'Wait for the values of a run',
    query: JoinQuery,
    answers: { 200: { description: waited[200].description, schema: Values } },
    errors: unknown,
  },
  'GET /threads/{thread_id}/runs/{run_id}/stream': {
    tag: 'Runs on threads',
    summary: 'Stream the events of a run',
    query: StreamQuery,
    headers: lastEventId,
    answers: { 200: { description: 'Server-sent events.', type: 'text/event-stream' } },
    errors: unknown,
  },
  'POST /runs': {
    tag: 'Stateless runs',
    summary: 'Start a run in the background',
    body: StatelessRunBody,
    headers: idempotencyKey,
    answers: started,
    errors: stateless,
  },
  'POST /runs/wait': {
    tag: 'Stateless runs',
    summary: 'Start a run and wait for its values',
    body: StatelessRunBody,
    headers: idempotencyKey,
    answers: waited,
    errors: stateless,
  },
  'POST /runs/stream': {
    tag: 'Stateless runs',
    summary: 'Start a run and stream its events',
    body: StatelessRunBody,
    headers: idempotencyKey,
    answers: streamed,
    errors: stateless,
  },
  'POST /runs/batch': {
    tag: 'Stateless runs',
    summary: 'Start several runs in the background, all of them or none',
    body: RunBatch,
    headers: idempotencyKey,
    answers: { 200: { description: 'The runs, in the order of the body.', schema: z.array(RunAnswer) } },
    errors: stateless,
  },
  'POST /runs/cancel': {
    tag: 'Runs on threads',
    summary: 'Cancel several runs: of a thread, or all with a status',
    query: CancelManyQuery,
    body: CancelMany,
    answers: { 204: { description: 'Requested. Runs that are over stay as they are.' } },
    errors: unknown,
  },
  'GET /runs/{run_id}/stream': {
    tag: 'Stateless runs',
    summary: 'Stream the events of a run',
    query: StreamQuery,
    headers: lastEventId,
    answers: { 200: { description: 'Server-sent events.', type: 'text/event-stream' } },
    errors: { 404: 'There is no such run.' },
  },
}

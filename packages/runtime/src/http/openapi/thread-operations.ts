import { z } from 'zod'
import { Prune } from '../thread-retention.ts'
import { Count, Search } from '../thread-search.ts'
import { History, HistoryQuery, StateAtCheckpoint, StatePatch, StateQuery, StateUpdate } from '../thread-state.ts'
import { ThreadStreamQuery } from '../thread-stream.ts'
import { Create, ReadQuery, Update } from '../threads.ts'
import {
  CheckpointAnswer,
  Count as Counted,
  StorageAnswer,
  selected,
  ThreadAnswer,
  ThreadStateAnswer,
} from './answers.ts'
import type { Operations } from './operation.ts'

const unknown = { 404: 'There is no such thread.' }
const unknownCheckpoint = { 404: 'There is no such thread or checkpoint.' }

/** Operations of threads and their states. */
export const threadOperations: Operations = {
  'POST /threads': {
    tag: 'Threads',
    summary: 'Create a thread',
    body: Create,
    answers: { 200: { description: 'The thread.', schema: ThreadAnswer } },
    errors: { 409: 'There is a thread with this id, and `if_exists` is not `do_nothing`.' },
  },
  'POST /threads/search': {
    tag: 'Threads',
    summary: 'Search threads',
    body: Search,
    answers: {
      200: {
        description: 'A page of threads.',
        schema: selected(ThreadAnswer),
        headers: {
          'X-Pagination-Next': 'Offset of the next page, if there may be one.',
          'X-Pagination-Total': 'Number of all that match.',
        },
      },
    },
  },
  'POST /threads/count': {
    tag: 'Threads',
    summary: 'Count threads',
    body: Count,
    answers: { 200: { description: 'Their number.', schema: Counted } },
  },
  'POST /threads/prune': {
    tag: 'Threads',
    summary: 'Delete threads, or all checkpoints that their newest states do not need',
    body: Prune,
    answers: {
      200: {
        description: 'The number of threads that were pruned.',
        schema: z.object({ pruned_count: z.int().min(0) }),
      },
    },
  },
  'GET /threads/{thread_id}': {
    tag: 'Threads',
    summary: 'Read a thread',
    query: ReadQuery,
    answers: { 200: { description: 'The thread.', schema: ThreadAnswer } },
    errors: unknown,
  },
  'PATCH /threads/{thread_id}': {
    tag: 'Threads',
    summary: 'Merge metadata into a thread, or replace its TTL',
    body: Update,
    headers: { Prefer: '`return=minimal` for an answer without a body.' },
    answers: {
      200: { description: 'The thread.', schema: ThreadAnswer },
      204: { description: 'Done, with `Prefer: return=minimal`.' },
    },
    errors: unknown,
  },
  'DELETE /threads/{thread_id}': {
    tag: 'Threads',
    summary: 'Delete a thread with its runs and states',
    answers: { 204: { description: 'Deleted.' } },
    errors: unknown,
  },
  'POST /threads/{thread_id}/copy': {
    tag: 'Threads',
    summary: 'Copy a thread with its states, without its runs',
    answers: { 200: { description: 'The new thread.', schema: ThreadAnswer } },
    errors: unknown,
  },
  'GET /threads/{thread_id}/storage': {
    tag: 'Threads',
    summary: 'How many bytes a thread’s states take',
    answers: { 200: { description: 'Bytes as PostgreSQL stores them.', schema: StorageAnswer } },
    errors: unknown,
  },
  'GET /threads/{thread_id}/stream': {
    tag: 'Threads',
    summary: 'Stream the events of all runs of a thread, one after another',
    description:
      'The stream does not end by itself. Modes are `run_modes` (default), `lifecycle` and `state_update`, named once, several times, with commas or as a JSON list.',
    query: ThreadStreamQuery,
    headers: { 'Last-Event-ID': 'Id of the last event that the client has; `-` for the events from the beginning.' },
    answers: { 200: { description: 'Server-sent events.', type: 'text/event-stream' } },
    errors: unknown,
  },
  'GET /threads/{thread_id}/state': {
    tag: 'Threads',
    summary: 'Read the newest state of a thread',
    query: StateQuery,
    answers: { 200: { description: 'The state.', schema: ThreadStateAnswer.partial() } },
    errors: unknown,
  },
  'POST /threads/{thread_id}/state': {
    tag: 'Threads',
    summary: 'Write values into a thread’s state, as if a node had returned them',
    body: StateUpdate,
    answers: {
      200: {
        description: 'The new checkpoint.',
        schema: z.looseObject({ checkpoint: CheckpointAnswer.nullable(), configurable: CheckpointAnswer.nullish() }),
      },
    },
    errors: { ...unknownCheckpoint, 409: 'A run of the thread is active.' },
  },
  'PATCH /threads/{thread_id}/state': {
    tag: 'Threads',
    summary: 'Merge metadata into a thread',
    body: StatePatch,
    answers: { 204: { description: 'Done.' } },
    errors: unknown,
  },
  'POST /threads/{thread_id}/state/checkpoint': {
    tag: 'Threads',
    summary: 'Read the state of a thread at a checkpoint',
    body: StateAtCheckpoint,
    answers: { 200: { description: 'The state.', schema: ThreadStateAnswer.partial() } },
    errors: unknownCheckpoint,
  },
  'GET /threads/{thread_id}/state/{checkpoint_id}': {
    tag: 'Threads',
    summary: 'Read the state of a thread at a checkpoint',
    query: StateQuery,
    answers: { 200: { description: 'The state.', schema: ThreadStateAnswer.partial() } },
    errors: unknownCheckpoint,
  },
  'GET /threads/{thread_id}/history': {
    tag: 'Threads',
    summary: 'List the states of a thread, newest first',
    query: HistoryQuery,
    answers: { 200: { description: 'The states.', schema: z.array(ThreadStateAnswer.partial()) } },
    errors: unknownCheckpoint,
  },
  'POST /threads/{thread_id}/history': {
    tag: 'Threads',
    summary: 'List the states of a thread, newest first',
    body: History,
    answers: { 200: { description: 'The states.', schema: z.array(ThreadStateAnswer.partial()) } },
    errors: unknownCheckpoint,
  },
}

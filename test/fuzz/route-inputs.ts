import {
  Create as AssistantCreate,
  DeleteQuery as AssistantDelete,
  Patch as AssistantPatch,
  Search as AssistantSearch,
  Count as AssistantsCount,
  Latest,
  LatestQuery,
  Versions,
} from '@hadal/runtime/http/assistant-bodies'
import { GraphQuery, SubgraphsQuery } from '@hadal/runtime/http/assistant-graphs'
import { OkQuery } from '@hadal/runtime/http/health'
import { RunBatch } from '@hadal/runtime/http/run-batch'
import { StatelessRunBody, ThreadRunBody } from '@hadal/runtime/http/run-body'
import { CancelMany, CancelManyQuery, CancelQuery, JoinQuery, ListQuery, StreamQuery } from '@hadal/runtime/http/runs'
import { DeleteItem, GetItem, ListNamespaces, PutItem, SearchItems } from '@hadal/runtime/http/store-items'
import { Prune } from '@hadal/runtime/http/thread-retention'
import { Search, Count as ThreadsCount } from '@hadal/runtime/http/thread-search'
import {
  History,
  HistoryQuery,
  StateAtCheckpoint,
  StatePatch,
  StateQuery,
  StateUpdate,
} from '@hadal/runtime/http/thread-state'
import { ThreadStreamQuery } from '@hadal/runtime/http/thread-stream'
import { Create, ReadQuery, Update } from '@hadal/runtime/http/threads'
import type { z } from 'zod'

export interface RouteInput {
  readonly body?: z.core.$ZodType
  readonly query?: z.core.$ZodType
}

/** Schemas of the body and query of each route of the server, by method and path. A test fails if a route is missing here. */
export const routeInputs: Readonly<Record<string, RouteInput>> = {
  'GET /': {},
  'GET /health': {},
  'GET /ok': { query: OkQuery },
  'GET /ready': {},
  'GET /info': {},
  'GET /openapi.json': {},
  'GET /docs': {},
  'POST /assistants/search': { body: AssistantSearch },
  'POST /assistants/count': { body: AssistantsCount },
  'GET /assistants/:assistant_id': {},
  'GET /assistants/:assistant_id/graph': { query: GraphQuery },
  'GET /assistants/:assistant_id/schemas': {},
  'GET /assistants/:assistant_id/subgraphs': { query: SubgraphsQuery },
  'GET /assistants/:assistant_id/subgraphs/:namespace': { query: SubgraphsQuery },
  'POST /assistants': { body: AssistantCreate },
  'PATCH /assistants/:assistant_id': { body: AssistantPatch },
  'POST /assistants/:assistant_id/versions': { body: Versions },
  'POST /assistants/:assistant_id/latest': { body: Latest, query: LatestQuery },
  'POST /threads': { body: Create },
  'POST /threads/search': { body: Search },
  'POST /threads/count': { body: ThreadsCount },
  'GET /threads/:thread_id': { query: ReadQuery },
  'PATCH /threads/:thread_id': { body: Update },
  'POST /threads/prune': { body: Prune },
  'GET /threads/:thread_id/storage': {},
  'POST /threads/:thread_id/copy': {},
  'GET /threads/:thread_id/state': { query: StateQuery },
  'POST /threads/:thread_id/state': { body: StateUpdate },
  'PATCH /threads/:thread_id/state': { body: StatePatch },
  'POST /threads/:thread_id/state/checkpoint': { body: StateAtCheckpoint },
  'GET /threads/:thread_id/state/:checkpoint_id': { query: StateQuery },
  'GET /threads/:thread_id/history': { query: HistoryQuery },
  'POST /threads/:thread_id/history': { body: History },
  'POST /threads/:thread_id/runs': { body: ThreadRunBody },
  'POST /threads/:thread_id/runs/wait': { body: ThreadRunBody },
  'POST /threads/:thread_id/runs/stream': { body: ThreadRunBody },
  'POST /runs': { body: StatelessRunBody },
  'POST /runs/wait': { body: StatelessRunBody },
  'POST /runs/stream': { body: StatelessRunBody },
  'POST /runs/batch': { body: RunBatch },
  'POST /runs/cancel': { body: CancelMany, query: CancelManyQuery },
  'GET /threads/:thread_id/runs': { query: ListQuery },
  'GET /threads/:thread_id/runs/:run_id': {},
  'POST /threads/:thread_id/runs/:run_id/cancel': { query: CancelQuery },
  'GET /threads/:thread_id/runs/:run_id/join': { query: JoinQuery },
  'GET /threads/:thread_id/runs/:run_id/stream': { query: StreamQuery },
  'GET /runs/:run_id/stream': { query: StreamQuery },
  'GET /threads/:thread_id/stream': { query: ThreadStreamQuery },
  'PUT /store/items': { body: PutItem },
  'GET /store/items': { query: GetItem },
  'POST /store/items/search': { body: SearchItems },
  'POST /store/namespaces': { body: ListNamespaces },
  'DELETE /store/items': { body: DeleteItem },
  // Last, because the routes before need the threads and runs that these delete.
  'DELETE /assistants/:assistant_id': { query: AssistantDelete },
  'DELETE /threads/:thread_id/runs/:run_id': {},
  'DELETE /threads/:thread_id': {},
}

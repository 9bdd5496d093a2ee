import { z } from 'zod'
import { Count, Create, DeleteQuery, Latest, LatestQuery, Patch, Search, Versions } from '../assistant-bodies.ts'
import { GraphQuery, SubgraphsQuery } from '../assistant-graphs.ts'
import { AssistantAnswer, Count as Counted, GraphAnswer, SchemasAnswer, SubgraphsAnswer, selected } from './answers.ts'
import type { Operations } from './operation.ts'

const unknown = { 404: 'There is no such assistant.' }
const readOnly = { ...unknown, 409: 'The assistant is the one of a graph, which can only be read.' }
const next = {
  'X-Pagination-Next': 'Offset of the next page, if there may be one.',
  'X-Pagination-Total': 'Number of all that match.',
}

/** Operations of assistants. An assistant is named by its id, or by the name of its graph. */
export const assistantOperations: Operations = {
  'POST /assistants': {
    tag: 'Assistants',
    summary: 'Create an assistant',
    body: Create,
    answers: { 200: { description: 'The assistant.', schema: AssistantAnswer } },
    errors: {
      404: 'There is no such graph.',
      409: 'There is an assistant with this id, and `if_exists` is not `do_nothing`.',
    },
  },
  'POST /assistants/search': {
    tag: 'Assistants',
    summary: 'Search assistants',
    body: Search,
    answers: { 200: { description: 'A page of assistants.', schema: selected(AssistantAnswer), headers: next } },
  },
  'POST /assistants/count': {
    tag: 'Assistants',
    summary: 'Count assistants',
    body: Count,
    answers: { 200: { description: 'Their number.', schema: Counted } },
  },
  'GET /assistants/{assistant_id}': {
    tag: 'Assistants',
    summary: 'Read an assistant',
    answers: { 200: { description: 'The assistant.', schema: AssistantAnswer } },
    errors: unknown,
  },
  'PATCH /assistants/{assistant_id}': {
    tag: 'Assistants',
    summary: 'Change an assistant in a new version',
    body: Patch,
    answers: { 200: { description: 'The new version.', schema: AssistantAnswer } },
    errors: readOnly,
  },
  'DELETE /assistants/{assistant_id}': {
    tag: 'Assistants',
    summary: 'Delete an assistant, with `delete_threads` also its threads',
    query: DeleteQuery,
    answers: { 204: { description: 'Deleted.' } },
    errors: readOnly,
  },
  'POST /assistants/{assistant_id}/versions': {
    tag: 'Assistants',
    summary: 'List the versions of an assistant, newest first',
    body: Versions,
    answers: {
      200: {
        description: 'A page of versions.',
        schema: z.array(AssistantAnswer.partial({ updated_at: true })),
        headers: next,
      },
    },
    errors: unknown,
  },
  'POST /assistants/{assistant_id}/latest': {
    tag: 'Assistants',
    summary: 'Choose the version of an assistant that runs use',
    query: LatestQuery,
    body: Latest,
    answers: { 200: { description: 'The assistant at this version.', schema: AssistantAnswer } },
    errors: { ...readOnly, 404: 'There is no such assistant or version.' },
  },
  'GET /assistants/{assistant_id}/graph': {
    tag: 'Assistants',
    summary: 'Read the nodes and edges of an assistant’s graph',
    query: GraphQuery,
    answers: { 200: { description: 'The graph.', schema: GraphAnswer } },
    errors: unknown,
  },
  'GET /assistants/{assistant_id}/schemas': {
    tag: 'Assistants',
    summary: 'Read the JSON Schemas of a graph’s input, output, state and context',
    answers: { 200: { description: 'The schemas, as far as they are known.', schema: SchemasAnswer } },
    errors: unknown,
  },
  'GET /assistants/{assistant_id}/subgraphs': {
    tag: 'Assistants',
    summary: 'Read the schemas of a graph’s subgraphs',
    query: SubgraphsQuery,
    answers: { 200: { description: 'The schemas by the names of the subgraphs.', schema: SubgraphsAnswer } },
    errors: unknown,
  },
  'GET /assistants/{assistant_id}/subgraphs/{namespace}': {
    tag: 'Assistants',
    summary: 'Read the schemas of one subgraph',
    query: SubgraphsQuery,
    answers: { 200: { description: 'The schemas by the names of the subgraphs.', schema: SubgraphsAnswer } },
    errors: unknown,
  },
}

import { z } from 'zod'
import { DeleteItem, GetItem, ListNamespaces, PutItem, SearchItems } from '../store-items.ts'
import { ItemAnswer } from './answers.ts'
import type { Operations } from './operation.ts'

/** Operations of the store. */
export const storeOperations: Operations = {
  'PUT /store/items': {
    tag: 'Store',
    summary: 'Write an item',
    body: PutItem,
    answers: { 204: { description: 'Written.' } },
    errors: { 502: 'The embedding model did not answer.' },
  },
  'GET /store/items': {
    tag: 'Store',
    summary: 'Read an item',
    query: GetItem,
    answers: { 200: { description: 'The item; `null` if there is none.', schema: ItemAnswer.nullable() } },
    errors: { 404: 'There is no such item.' },
  },
  'DELETE /store/items': {
    tag: 'Store',
    summary: 'Delete an item',
    body: DeleteItem,
    answers: { 204: { description: 'The item does not exist any more.' } },
  },
  'POST /store/items/search': {
    tag: 'Store',
    summary: 'Search items by their namespace and fields, or by their meaning',
    body: SearchItems,
    answers: { 200: { description: 'A page of items.', schema: z.object({ items: z.array(ItemAnswer) }) } },
    errors: { 502: 'The embedding model did not answer.' },
  },
  'POST /store/namespaces': {
    tag: 'Store',
    summary: 'List namespaces',
    body: ListNamespaces,
    answers: {
      200: { description: 'A page of namespaces.', schema: z.object({ namespaces: z.array(z.array(z.string())) }) },
    },
  },
}

import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { MethodCases } from './case.ts'

/** A namespace that no other case has. */
const namespaceOf = (): string[] => ['cases', randomUUID()]

export const store: MethodCases = {
  'store.putItem': async ({ client }) => {
    const namespace = namespaceOf()
    await client.store.putItem(namespace, 'a', { text: 'first' }, { ttl: 60, index: false })
    await client.store.putItem(namespace, 'a', { text: 'second' })
    expect(await client.store.getItem(namespace, 'a')).toMatchObject({ value: { text: 'second' } })
  },
  'store.getItem': async ({ client }) => {
    const namespace = namespaceOf()
    await client.store.putItem(namespace, 'a', { text: 'first' })
    const item = await client.store.getItem(namespace, 'a', { refreshTtl: true })
    const times = { createdAt: expect.any(String), updatedAt: expect.any(String) }
    expect(item).toMatchObject({ namespace, key: 'a', value: { text: 'first' }, ...times })
    expect(await client.store.getItem(namespace, 'b')).toBeNull()
  },
  'store.deleteItem': async ({ client }) => {
    const namespace = namespaceOf()
    await client.store.putItem(namespace, 'a', {})
    await client.store.deleteItem(namespace, 'a')
    expect((await client.store.searchItems(namespace)).items).toEqual([])
  },
  'store.searchItems': async ({ client }) => {
    const namespace = namespaceOf()
    for (const [key, kind] of Object.entries({ a: 'note', b: 'task', c: 'note' }))
      await client.store.putItem(namespace, key, { kind })
    const keys = async (options: Parameters<typeof client.store.searchItems>[1]): Promise<string[]> =>
      (await client.store.searchItems(namespace, options)).items.map(({ key }) => key)
    expect((await keys({})).toSorted()).toEqual(['a', 'b', 'c'])
    expect((await keys({ filter: { kind: 'note' } })).toSorted()).toEqual(['a', 'c'])
    expect(await keys({ limit: 1, offset: 2 })).toHaveLength(1)
  },
  'store.listNamespaces': async ({ client }) => {
    const namespace = namespaceOf()
    for (const last of ['x', 'y']) await client.store.putItem([...namespace, last], 'a', {})
    const { namespaces } = await client.store.listNamespaces({ prefix: namespace })
    expect(namespaces.toSorted()).toEqual([
      [...namespace, 'x'],
      [...namespace, 'y'],
    ])
    expect((await client.store.listNamespaces({ prefix: namespace, maxDepth: 2 })).namespaces).toEqual([namespace])
  },
}

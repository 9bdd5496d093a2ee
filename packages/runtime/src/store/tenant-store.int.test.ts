import { inThread } from '@hadal/middleware/fixtures/in-thread'
import { InMemoryStore } from '@langchain/langgraph-checkpoint'
import { CompositeBackend, StateBackend, StoreBackend } from 'deepagents'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { storeContract } from '../fixtures/store-contract.ts'
import { fileContract } from '../sandboxes/fixtures/file-contract.ts'
import { wholeTenant } from './scope.ts'
import { TenantItems } from './tenant-items.ts'
import { TenantStore } from './tenant-store.ts'

const database = createDatabase()
let pool: pg.Pool
beforeAll(() => {
  pool = new pg.Pool({ connectionString: database(), max: 4 })
})
afterAll(() => pool.end())
const storeOf = (tenant: string): TenantStore => new TenantStore(new TenantItems(pool, wholeTenant(tenant)))

storeContract('LangGraph’s own store', async () => new InMemoryStore())
storeContract('the store of a tenant', async () => {
  await pool.query('TRUNCATE hadal.store_item')
  // Another tenant has items at every place that the suite uses.
  const other = storeOf('other')
  for (const namespace of [['a'], ['a', 'b'], ['acme'], ['f'], ['p', '0'], ['z'], ['only', 'theirs']]) {
    await other.put(namespace, 'theirs', { color: 'red', n: 1 })
    await other.put(namespace, 'k', { color: 'red', n: 1 })
  }
  return storeOf('tenant')
})

fileContract(
  'the store of a tenant with state',
  () => '/memories',
  (work) => {
    const stored = new StoreBackend({ store: storeOf('files'), namespace: ['agent', 'memories'] })
    const backend = new CompositeBackend(new StateBackend(), { '/memories/': stored })
    return inThread({ thread_id: 'contract' }, () => work(backend))
  },
)

describe('the stores of two tenants', () => {
  test('are separate: each tenant reads, lists, overwrites and deletes its own items only', async () => {
    await pool.query('TRUNCATE hadal.store_item')
    const [one, two] = [storeOf('one'), storeOf('one2')]
    await one.put(['m'], 'k', { of: 'one' })
    await two.put(['m'], 'k', { of: 'two' })
    expect((await one.search([])).map(({ value }) => value)).toEqual([{ of: 'one' }])
    await two.delete(['m'], 'k')
    expect((await one.get(['m'], 'k'))?.value).toEqual({ of: 'one' })
    expect(await two.listNamespaces()).toEqual([])
  })

  test('write a batch completely or not at all', async () => {
    const store = storeOf('whole')
    const puts = [
      { namespace: ['w'], key: 'a', value: { n: 1 } },
      { namespace: ['w'], key: 'x'.repeat(2_000), value: { n: 2 } },
    ]
    await expect(store.batch(puts)).rejects.toThrow('has 2000 bytes; the maximum is 1024. Shorten it.')
    expect(await store.search(['w'])).toEqual([])
  })

  test('write the same places at the same time without a deadlock', async () => {
    const store = storeOf('busy')
    const places = Array.from({ length: 20 }, (_, n) => ({ namespace: ['p'], key: `k${n}`, value: { n } }))
    await Promise.all(Array.from({ length: 8 }, (_, n) => store.batch(n % 2 ? places : places.toReversed())))
    expect(await store.search(['p'], { limit: 100 })).toHaveLength(20)
  })

  test('replace characters that PostgreSQL text can not contain, and keep the rest', async () => {
    const store = storeOf('text')
    await store.put(['t'], 'k', { text: 'a\0b' })
    expect((await store.get(['t'], 'k'))?.value).toEqual({ text: 'a\ufffdb' })
  })
})

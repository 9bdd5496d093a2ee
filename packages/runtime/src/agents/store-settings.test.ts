import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseStore, readStoreSettings } from './store-settings.ts'

const problemsOf = (store: unknown): readonly string[] => parseStore('langgraph.json', store).problems

test('the settings of the store are read, and null is absence', () => {
  const ttl = { refresh_on_read: false, default_ttl: 1.5, sweep_interval_minutes: 10 }
  expect(parseStore('langgraph.json', { ttl })).toEqual({ settings: { ttl }, problems: [], notices: [] })
  expect(problemsOf({ ttl: { refresh_on_read: null, default_ttl: null } })).toEqual([])
  for (const store of [undefined, null, {}, { ttl: null }]) expect(problemsOf(store)).toEqual([])
})

test.each([
  [5, 'langgraph.json: "store" is 5. Use { "ttl": { … } }.'],
  [{ ttl: 5 }, 'langgraph.json: store.ttl is 5: must be an object. Change it.'],
  [{ ttl: { default_ttl: 0 } }, 'langgraph.json: store.ttl.default_ttl is 0: must be above 0. Change it.'],
  [
    { ttl: { default_ttl: '60' } },
    'langgraph.json: store.ttl.default_ttl is "60": must be a number of minutes. Change it.',
  ],
  [
    { ttl: { refresh_on_reads: true } },
    'langgraph.json: store.ttl has the unknown field "refresh_on_reads". Did you mean "refresh_on_read"?',
  ],
  [
    { index: { embed: 'openai:text-embedding-3-small' } },
    'langgraph.json: store.index.dims is missing: it must be a whole number of dimensions. Add it.',
  ],
  [
    { index: { embed: 'openai', dims: 3 } },
    'langgraph.json: store.index.embed is "openai": must be "provider:model" or "./file.ts:function". Change it.',
  ],
  [
    { index: { embed: 'a:b', dims: 3, fields: [] } },
    'langgraph.json: store.index.fields is []: must have at least one path. Change it.',
  ],
  [
    { index: { embed: 'a:b', dims: 16_001 } },
    'langgraph.json: store.index.dims is 16001: must be at most 16000. Change it.',
  ],
])('the store %j is refused with a sentence', (store, problem) => {
  expect(problemsOf(store)).toEqual([problem])
})

test('a store of the author and an unknown field are named as without effect', () => {
  const { problems, notices } = parseStore('langgraph.json', { path: './store.ts:store', tll: {}, custom: 1 })
  expect(problems).toEqual([])
  expect(notices).toEqual([
    'langgraph.json: "store.path" has no effect: this server has its own store, in PostgreSQL.',
    'langgraph.json: store has the unknown field "tll". Did you mean "ttl"?',
    'langgraph.json: store has the unknown field "custom". It has no effect.',
  ])
})

test('a file that is missing or invalid has no settings of the store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-store-settings-'))
  try {
    const file = join(folder, 'langgraph.json')
    expect(readStoreSettings(file)).toEqual({})
    writeFileSync(file, '{')
    expect(readStoreSettings(file)).toEqual({})
    writeFileSync(file, JSON.stringify({ store: { ttl: { default_ttl: 5 } } }))
    expect(readStoreSettings(file)).toEqual({ ttl: { default_ttl: 5 } })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

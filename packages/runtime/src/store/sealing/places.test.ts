import { expect, test } from 'vitest'
import { places } from './places.ts'

const blob = { tenant: 't', thread: 'th', namespace: 'n', channel: 'c', version: '1', type: 'json' }
const { version: _, ...ofBlob } = blob
const write = { ...ofBlob, checkpoint: 'cp', task: 'ta', index: '0' }
const ofRow = (place: (tenant: string, id: string) => readonly string[]) => ({
  at: (key: Readonly<Record<string, string>>) => place(key.tenant ?? '', key.id ?? ''),
  key: { tenant: 't', id: 'i' },
})

/** Each place as a function of its key columns, and an example of them. */
const all: Record<
  keyof typeof places,
  { at: (key: never) => readonly string[]; key: Readonly<Record<string, string>> }
> = {
  runRequest: ofRow(places.runRequest),
  runError: ofRow(places.runError),
  threadValues: ofRow(places.threadValues),
  threadInterrupts: ofRow(places.threadInterrupts),
  threadError: ofRow(places.threadError),
  runCredentials: ofRow(places.runCredentials),
  event: {
    at: ({ tenant, run, sequence, event }: Record<'tenant' | 'run' | 'sequence' | 'event', string>) =>
      places.event(tenant, run, Number(sequence), event),
    key: { tenant: 't', run: 'r', sequence: '1', event: 'values' },
  },
  item: {
    at: ({ tenant, first, second, key }: Record<'tenant' | 'first' | 'second' | 'key', string>) =>
      places.item(tenant, [first, second], key),
    key: { tenant: 't', first: 'a', second: 'b', key: 'k' },
  },
  blob: { at: places.blob, key: blob },
  write: { at: places.write, key: write },
}

test.each(Object.entries(all))('a sealed value of %s is bound to each of its key columns', (_name, { at, key }) => {
  const place = (changed: object): string => JSON.stringify(at({ ...key, ...changed } as never))
  // The number of an event is a number.
  for (const column of Object.keys(key)) expect(place({ [column]: '77' }), column).not.toBe(place({}))
})

test('no two columns have the same place', () => {
  const columns = Object.values(all).map(({ at, key }) => at(key as never)[0])
  expect(new Set(columns).size).toBe(columns.length)
})

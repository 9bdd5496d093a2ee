import { expect, test } from 'vitest'
import { parseAuth } from './project-auth.ts'

const file = '/p/langgraph.json'

test('reads the path, the cache and whether Studio is refused', () => {
  const cache = { cache_keys: ['authorization'], ttl_seconds: 30, max_size: 50 }
  expect(parseAuth(file, { path: './auth.ts:auth', disable_studio_auth: true, cache })).toEqual({
    auth: {
      path: './auth.ts:auth',
      disableStudio: true,
      cache: { headers: ['authorization'], ttlSeconds: 30, size: 50 },
    },
    problems: [],
    notices: [],
  })
})

test('the cache is off by default, and a field without a value is like an absent one', () => {
  expect(parseAuth(file, { path: './auth.ts', cache: null }).auth).toEqual({ path: './auth.ts', disableStudio: false })
  expect(parseAuth(file, {})).toEqual({ problems: [], notices: [] })
})

test.each([
  ['no path', { disable_studio_auth: true }, /"auth.path" is missing/],
  ['an auth that is not an object', './auth.ts', /"auth" is ".\/auth.ts"/],
  ['a misspelt field', { path: './a.ts', disable_studio: true }, /unknown field "auth.disable_studio"/],
  ['a text for a switch', { path: './a.ts', disable_studio_auth: 'yes' }, /Use true or false/],
  ['a cache without headers', { path: './a.ts', cache: { ttl_seconds: 1 } }, /"auth.cache.cache_keys" is undefined/],
  ['a cache that never ends', { path: './a.ts', cache: { cache_keys: ['a'], ttl_seconds: 0 } }, /from 1 to 3600/],
  ['a misspelt field of the cache', { path: './a.ts', cache: { cache_keys: ['a'], ttl: 1 } }, /unknown field "ttl"/],
])('refuses %s', (_, auth, sentence) => {
  const { auth: read, problems } = parseAuth(file, auth)
  expect(read).toBeUndefined()
  expect(problems).toEqual([expect.stringMatching(sentence)])
})

import { expect, test } from 'vitest'
import { parseHttpCors } from './http-cors.ts'
import { parseHttp } from './project-http.ts'

test('accepts all keys of the LangGraph CLI', () => {
  const cors = {
    allow_origins: ['https://app.example.com', 'http://localhost:*', '*', 'capacitor://localhost', 'http://[::1]:3000'],
    allow_origin_regex: 'https://.*\\.example\\.com',
    allow_methods: ['GET', '*'],
    allow_headers: ['x-tenant', '*'],
    allow_credentials: false,
    expose_headers: ['x-request-id'],
    max_age: 60,
  }
  expect(parseHttpCors('langgraph.json', cors)).toEqual({ cors, problems: [] })
  expect(parseHttp('langgraph.json', { cors })).toMatchObject({ http: { cors }, problems: [], notices: [] })
  expect(parseHttp('langgraph.json', { cors: null })).toMatchObject({ problems: [] })
  expect(parseHttp('langgraph.json', { cors: { allow_origin: [] } }).problems).toHaveLength(1)
})

test.each([
  [{ allow_origin: [] }, 'http.cors has the unknown field "allow_origin". Did you mean "allow_origins"?'],
  [{ colour: [] }, 'The fields are allow_origins, '],
  [{ allow_origins: ['https://a.example.com/'] }, 'an origin in lower case without a path'],
  [{ allow_origins: ['https://*.example.com'] }, 'an origin in lower case without a path'],
  [{ allow_origins: '*' }, 'http.cors.allow_origins is "*": must be a list'],
  [{ allow_origin_regex: '(' }, 'http.cors.allow_origin_regex is "(": must be a regular expression'],
  [{ allow_headers: ['a\nb'] }, 'http.cors.allow_headers'],
  [{ allow_credentials: 'yes' }, 'http.cors.allow_credentials is "yes": must be true or false'],
  [{ max_age: -1 }, 'http.cors.max_age is -1: must be at least 0'],
  ['all', 'http.cors is "all": must be an object'],
])('rejects %j', (cors, says) => {
  expect(parseHttpCors('langgraph.json', cors).problems).toEqual([expect.stringContaining(says)])
})

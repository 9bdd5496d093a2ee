import { expect, test } from 'vitest'
import { databaseTlsProblems } from './database-tls-problems.ts'

const of = (parameters: string, DATABASE_TLS: 'verify' | 'off' = 'verify'): string[] =>
  databaseTlsProblems({ DATABASE_TLS, DATABASE_URL: `postgres://u:hunter2@h/d${parameters}` })

test.for(['', '?sslmode=verify-full', '?sslmode=verify-full&sslrootcert=/ca.crt', '?application_name=x'])(
  'accepts an address that does not weaken TLS: "%s"',
  (parameters) => {
    expect(of(parameters)).toEqual([])
  },
)

test.for([
  '?sslmode=disable',
  '?sslmode=prefer',
  '?sslmode=require',
  '?sslmode=verify-ca',
  '?sslmode=no-verify',
  '?ssl=0',
  '?ssl=no-verify',
  '?sslmode=verify-full&uselibpqcompat=true',
  '?sslnegotiation=direct',
  '?sslcert=/client.crt',
])('rejects an address that weakens TLS, without showing the address: %s', (parameters) => {
  const [problem, ...others] = of(parameters)
  expect(others).toEqual([])
  expect(problem).toMatch(
    /^DATABASE_URL has (ssl\w*|uselibpqcompat)=.* DATABASE_TLS is "verify"\. Use sslmode=verify-full/,
  )
  expect(problem).not.toContain('hunter2')
})

test('checks every database address', () => {
  const url = 'postgres://h/d?sslmode=disable'
  const variables = {
    DATABASE_TLS: 'verify',
    DATABASE_URL: url,
    DATABASE_DIRECT_URL: url,
    DATABASE_READ_URL: url,
  } as const
  expect(databaseTlsProblems(variables).map((problem) => problem.split(' ')[0])).toEqual([
    'DATABASE_URL',
    'DATABASE_DIRECT_URL',
    'DATABASE_READ_URL',
  ])
})

test('accepts any TLS parameters if DATABASE_TLS is "off"', () => {
  expect(of('?sslmode=disable', 'off')).toEqual([])
})

import { expect, test } from 'vitest'
import { needsTenant, settingTenant } from './setting-tenant.ts'

test.each([
  ['reads a table of Hadal', 'SELECT FROM hadal.thread', true],
  ['changes jobs of the queue, whose triggers read tables of Hadal', 'DELETE FROM pgboss.job WHERE id = $1', true],
  ['reads tables without a tenant', 'SELECT FROM public.checkpoints', false],
  ['calls a function that sets the tenant', settingTenant('SELECT FROM hadal.a_function_v1($1)'), false],
])('a statement that %s needs a tenant: %s: %s', (_, statement, needed) => {
  expect(needsTenant(statement)).toBe(needed)
})

import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { checkRouteAccess } from './route-access.ts'

test('a route without declared roles prevents the start, with a sentence that names it', () => {
  const app = new Hono()
  app.use(async (_c, next) => next())
  app.get('/threads/:thread_id', (c) => c.text(''))
  checkRouteAccess(app.routes)
  app.delete('/everything', (c) => c.text(''))
  expect(() => checkRouteAccess(app.routes)).toThrow(
    'No role is declared for DELETE /everything. Add an entry to http/route-access.ts.',
  )
})

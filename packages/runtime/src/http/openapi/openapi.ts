import { Hono } from 'hono'
import type { HttpContext } from '../http-context.ts'
import { apiOperations } from './api-operations.ts'
import { docsPage, docsPolicy } from './docs-page.ts'
import { openApiDocument } from './openapi-document.ts'

/** Routes of the API's description: an OpenAPI document, and the same as a page. They are made at the first request. */
export function openApi({ version }: Pick<HttpContext, 'version'>): Hono {
  let document: string | undefined
  let page: string | undefined
  const app = new Hono()
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(openApiDocument(apiOperations, version))
    return c.body(document, 200, { 'content-type': 'application/json' })
  })
  app.get('/docs', (c) => {
    page ??= docsPage(openApiDocument(apiOperations, version))
    return c.html(page, 200, { 'content-security-policy': docsPolicy, 'x-content-type-options': 'nosniff' })
  })
  return app
}

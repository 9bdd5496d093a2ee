import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, startServerProcess } from '@hadal/runtime/fixtures/server-process'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { chromiumPath } from './chromium-path.ts'
import { type PageServer, startPageServer } from './page-server.ts'

/** Maximum time in milliseconds until the page shows what a test expects. */
const shownWithinMs = 60_000

export interface Pages {
  readonly server: ServerProcess
  /** Opens the page in a new tab. @param host name of this machine in the page's address: an allowed origin only by default */
  open(thread?: string, host?: string): Promise<Page>
  /** Console errors and uncaught exceptions of all tabs of the test, which it expects. Others fail the test. */
  takeErrors(): string[]
}

/**
 * Starts an agent server, a server of the page on another origin, and Chromium, for a test file. Each test begins without tabs, and fails if the
 * page has written a console error.
 */
export function usePages(databaseUrl: () => string): () => Pages {
  const profile = mkdtempSync(join(tmpdir(), 'hadal-chromium-'))
  const errors: string[] = []
  let pageServer: PageServer | undefined
  let server: ServerProcess | undefined
  let browser: BrowserContext | undefined
  let pages: Pages | undefined

  beforeAll(async () => {
    pageServer = await startPageServer()
    const { port } = pageServer
    const started = await startServerProcess({
      DATABASE_URL: databaseUrl(),
      CORS_ALLOW_ORIGINS: `http://127.0.0.1:${port}`,
    })
    server = started
    // Chromium's own sandbox does not run as root, as in a container of a CI.
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath,
      chromiumSandbox: false,
      env: { PATH: '/usr/bin:/bin', HOME: profile, LANG: 'C.UTF-8' },
    })
    browser = context
    context.setDefaultTimeout(shownWithinMs)
    context.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    context.on('weberror', (error) => errors.push(String(error.error())))
    pages = {
      server: started,
      async open(thread, host = '127.0.0.1') {
        const page = await context.newPage()
        const query = new URLSearchParams({ server: started.url, ...(thread ? { thread } : {}) })
        await page.goto(`http://${host}:${port}/?${query}`)
        return page
      },
      takeErrors: () => errors.splice(0),
    }
  })
  afterEach(async () => {
    for (const page of browser?.pages() ?? []) await page.close()
    expect(errors.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.end('SIGTERM')
    await pageServer?.close()
    rmSync(profile, { recursive: true, force: true })
  })
  return () => {
    if (!pages) throw new Error('The browser has not started.')
    return pages
  }
}

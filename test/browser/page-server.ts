import { createServer } from 'node:http'
import { join } from 'node:path'
import { build } from 'esbuild'

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Agent</title><link rel="icon" href="data:,"></head>
<body><div id="root"></div><script type="module" src="/page.js"></script></body>
</html>`

export interface PageServer {
  readonly port: number
  close(): Promise<void>
}

/** Bundles the page from the installed npm packages and serves it on a free port of the loopback interface. */
export async function startPageServer(): Promise<PageServer> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page/main.tsx')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    // React reports wrong use as console errors only in development.
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  const script = outputFiles[0]?.contents
  const server = createServer((request, response) => {
    if (request.url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script)
    else response.setHeader('content-type', 'text/html').end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server of the page has no port.')
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

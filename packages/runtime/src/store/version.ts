import { readFileSync } from 'node:fs'

/** Version of the server, from its package.json. */
export function version(): string {
  const { version: written }: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  return written
}

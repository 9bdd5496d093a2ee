import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const hashes = (cwd: string, environment: NodeJS.ProcessEnv): string =>
  execFileSync(process.execPath, [join(import.meta.dirname, 'manifest-hashes.ts'), root], {
    cwd,
    env: { PATH: process.env.PATH, ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  })

test('renders the same bytes with another time zone, locale and working directory', () => {
  const here = hashes(root, { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' })
  expect(here.split('\n').length).toBeGreaterThan(20)
  expect(hashes(tmpdir(), { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toBe(here)
  expect(hashes('/', { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8' })).toBe(here)
})

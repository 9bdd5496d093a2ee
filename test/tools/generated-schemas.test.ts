import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const sources = join(root, 'charts/src')

test('the committed schemas and constructs equal those generated from the pinned definitions', {
  timeout: 600_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'generated-'))
  try {
    execFileSync(process.execPath, [join(sources, 'schemas/generate.ts'), folder], { stdio: 'pipe' })
    for (const part of ['schemas/generated', 'generated']) {
      const files = readdirSync(join(sources, part)).sort()
      expect(readdirSync(join(folder, part)).sort()).toEqual(files)
      for (const file of files) {
        const text = (from: string) => readFileSync(join(from, part, file), 'utf8')
        // Not toEqual, because the difference of two such files is unreadable.
        expect(
          text(folder) === text(sources),
          `${part}/${file} is out of date. Run "node charts/src/schemas/generate.ts" and commit the result.`,
        ).toBe(true)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

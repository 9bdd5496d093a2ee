import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const schemas = join(root, 'charts/src/schemas')
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  )

test('the committed schemas are what the pinned modules give', { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'))
  try {
    execFileSync(process.execPath, [join(schemas, 'generate.ts'), folder], { stdio: 'pipe' })
    const generated = contents(folder)
    for (const [file, text] of Object.entries(contents(join(schemas, 'generated')))) {
      // Not toEqual: the difference of two such files is no use to anyone.
      expect(generated[file] === text, `${file} differs: node charts/src/schemas/generate.ts`).toBe(true)
    }
    expect(Object.keys(generated)).toEqual(readdirSync(join(schemas, 'generated')).sort())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

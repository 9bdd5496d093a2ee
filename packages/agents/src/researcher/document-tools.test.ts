import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentTools } from './document-tools.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'))
  mkdirSync(join(folder, 'in/deep'), { recursive: true })
  writeFileSync(join(folder, 'outside.md'), 'secret whale')
  writeFileSync(join(folder, 'in/deep/whales.md'), '# Whales\nThe blue whale is the largest.\n')
  writeFileSync(join(folder, 'in/long.txt'), Array.from({ length: 450 }, (_, line) => `line ${line + 1}`).join('\n'))
  writeFileSync(join(folder, 'in/code.ts'), 'whale')
  writeFileSync(join(folder, 'in/huge.md'), 'whale '.repeat(200_000))
  symlinkSync(join(folder, 'outside.md'), join(folder, 'in/link.md'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function call(name: string, args: Record<string, unknown>): Promise<string> {
  const found = documentTools(join(folder, 'in')).find((candidate) => candidate.name === name)
  return String(await found?.invoke(args))
}

test('a search returns path, line, heading and text of each match, and the number of documents that it did not search', async () => {
  const answer = await call('search_documents', { query: 'largest whale' })
  expect(answer).toContain('deep/whales.md:2: Whales\nThe blue whale is the largest.')
  expect(answer).not.toContain('code.ts')
  expect(answer).toContain('(1 of ')
  expect(await call('search_documents', { query: 'zebra' })).toContain('No document matches: zebra')
})

test('a long document is read in parts, and each part says how to read the next one', async () => {
  expect(await call('read_document', { path: 'deep/whales.md' })).toBe('# Whales\nThe blue whale is the largest.\n')
  const part = await call('read_document', { path: 'long.txt', from_line: 201 })
  expect(part).toMatch(/^line 201\n/)
  expect(part).toContain('(50 more lines; continue with from_line 401.)')
})

test('no file outside the folder is read or found, neither by `..` nor by a link', async () => {
  for (const path of ['../outside.md', 'link.md', '/etc/passwd', 'code.ts', 'absent.md', '..', '']) {
    expect(await call('read_document', { path })).toBe(
      `There is no document "${path}". Use a path that search_documents returned.`,
    )
  }
  expect(await call('search_documents', { query: 'secret' })).toContain('No document')
})

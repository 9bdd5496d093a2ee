import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isEmbedFunction, loadEmbedFunction } from './embed-function.ts'

let folder: string
let file: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hadal-embed-'))
  file = join(folder, 'langgraph.json')
  writeFileSync(
    join(folder, 'embed.mjs'),
    `export const embed = (texts) => texts.map((text) => [text.length])
     export const model = { size: 2, async embedDocuments(texts) { return texts.map(() => [this.size]) } }
     export const text = 'embed'`,
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  ['./embed.ts:embed', true],
  ['src/embed.mjs:embed', true],
  ['/agents/embed.js:embed', true],
  ['openai:text-embedding-3-small', false],
  ['bedrock:amazon.titan-embed-text-v2:0', false],
])('%s names a function of the author: %s', (embed, expected) => {
  expect(isEmbedFunction(embed)).toBe(expected)
})

test("the author's function, or the embedDocuments of an object, embeds texts", async () => {
  expect(await (await loadEmbedFunction(file, './embed.mjs:embed'))(['a', 'abc'])).toEqual([[1], [3]])
  expect(await (await loadEmbedFunction(file, './embed.mjs:model'))(['a'])).toEqual([[2]])
})

test.each([
  ['./none.mjs:embed', 'but the file'],
  ['./embed.mjs:none', 'it exports embed, model, text. Correct the name after the colon.'],
  ['./embed.mjs:text', 'which is neither a function nor an object with embedDocuments'],
])('%s is refused with a sentence', async (embed, sentence) => {
  await expect(loadEmbedFunction(file, embed)).rejects.toThrow(sentence)
})

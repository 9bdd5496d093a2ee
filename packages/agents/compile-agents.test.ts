import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compileAgents } from './compile-agents.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hadal-compile-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

test('compiles what TypeScript allows into one file per module, which Node runs without a compiler', async () => {
  write({
    'package.json': '{"type":"module"}',
    'tsconfig.json': '{"compilerOptions":{"paths":{"@lib/*":["./src/lib/*"]},"jsx":"react","jsxFactory":"text"}}',
    'src/state.ts': 'export interface Shape { word: string }\nexport enum Colour { Blue = "blue" }',
    'src/lib/speaker.ts':
      'import { readFileSync } from "node:fs"\nexport class Speaker { constructor(private word: string) {} say() { return this.word + readFileSync(new URL("./prompt.md", import.meta.url), "utf8") } }',
    'src/lib/prompt.md': ' briefly',
    'src/data.json': '{"number":7}',
    'src/view.tsx': 'const text = (tag: string) => "<" + tag + ">"\nexport const view = <p/>',
    'src/agent/agent.ts':
      'import { Shape, Colour } from "../state.js"\nimport { Speaker } from "@lib/speaker"\nimport data from "../data.json"\nimport { view } from "../view"\nconst shape: Shape = { word: "hello" }\nconst late = await import("../late.ts")\nconsole.log(new Speaker(shape.word).say(), Colour.Blue, data.number, view, late.word)',
    'src/late.ts': 'export const word: string = "late"',
    'src/agent/agent.test.ts': 'throw new Error("a test")',
    'src/fixtures/one.ts': 'throw new Error("a fixture")',
  })
  await compileAgents(join(folder, 'src'), join(folder, 'dist'))
  rmSync(join(folder, 'src'), { recursive: true })
  rmSync(join(folder, 'tsconfig.json'))
  const output = execFileSync(
    process.execPath,
    ['--no-experimental-strip-types', join(folder, 'dist/agent/agent.js')],
    { encoding: 'utf8' },
  )
  expect(output).toBe('hello briefly blue 7 <p> late\n')
  expect(readdirSync(join(folder, 'dist'), { recursive: true }).toSorted()).toEqual(
    [
      'agent',
      'agent/agent.js',
      'data.json',
      'late.js',
      'lib',
      'lib/prompt.md',
      'lib/speaker.js',
      'state.js',
      'view.js',
    ].toSorted(),
  )
})

test('names a missing module, and a module that the image would not contain', async () => {
  write({ 'src/one.ts': 'import "./absent.js"' })
  await expect(compileAgents(join(folder, 'src'), join(folder, 'dist'))).rejects.toThrow(
    'Could not resolve "./absent.js"',
  )
  write({ 'src/one.ts': 'import "../outside.ts"', 'outside.ts': '' })
  await expect(compileAgents(join(folder, 'src'), join(folder, 'dist'))).rejects.toThrow(
    'the image would not contain it',
  )
})

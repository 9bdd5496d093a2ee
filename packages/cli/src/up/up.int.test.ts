import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Clone, makeClone } from './fixtures/clone.ts'

const patience = { timeout: 180_000 }

let clone: Clone
beforeEach(() => {
  clone = makeClone()
})
afterEach(() => clone.remove())

test(
  'two starts beside each other: one shows every stage and exits 0, the other stays up until Ctrl-C, and nothing of them is left',
  patience,
  async () => {
    // Both choose their ports at the same time.
    const other = makeClone()
    onTestFinished(() => other.remove())
    const running = other.hadal('up')
    const once = clone.hadal('up', '--once')
    expect([await once.ended, once.text()]).toEqual([0, expect.any(String)])
    for (const stage of [
      /✓ \d+ environments rendered/,
      /dev +\d+ objects/,
      /✓ PostgreSQL on port \d+/,
      /✓ database migrated/,
      /✓ agent server on http:\/\/localhost:\d+/,
      /A script plays the model, since neither ANTHROPIC_API_KEY nor OPENAI_API_KEY is set/,
      /plan +\[>\] Note the question/,
      /file +Successfully wrote to '\/notes\//,
      /subagent +document-reader/,
      /· tool +search_documents/,
      /approval +the run waits: may it write_file \/reports\//,
      /Here the demonstration approves it/,
      /file +Successfully wrote to '\/reports\//,
      /You asked: “/,
      /end +the run is finished/,
    ]) {
      expect(once.text()).toMatch(stage)
    }
    expect(once.text().includes('\u001b')).toBe(false)
    await clone.untilNothingRuns()

    await running.until(/Ctrl-C stops/)
    const [curl] = /^curl -sN [\s\S]*?'$/m.exec(running.text()) ?? []
    const [snippet] = /^\(cd packages\/cli && node[\s\S]*?^END$/m.exec(running.text()) ?? []
    const paste = (text: string | undefined): string =>
      execFileSync('bash', ['-c', text ?? 'exit 9'], { cwd: other.root, encoding: 'utf8', timeout: 60_000 })
    expect(paste(curl)).toContain('What is a sync wave?')
    expect(paste(snippet)).toContain('__interrupt__')
    // A hasty person presses it twice.
    running.process.kill('SIGINT')
    running.process.kill('SIGINT')
    expect([await running.ended, running.text()]).toEqual([0, expect.stringContaining('Stopping.')])
    await other.untilNothingRuns()
  },
)

test(
  'a broken langgraph.json is told in the words of the server, and everything started is ended',
  patience,
  async () => {
    rmSync(join(clone.root, 'packages/agents'))
    mkdirSync(join(clone.root, 'packages/agents'))
    writeFileSync(
      join(clone.root, 'packages/agents/langgraph.json'),
      '{ "graphs": { "researcher": "./absent.ts:agent" } }',
    )
    const running = clone.hadal('up', '--once')
    expect(await running.ended).toBe(1)
    expect(running.text()).toMatch(/graph "researcher" names the module \.\/absent\.ts, and there is no file/)
    expect(running.text()).not.toMatch(/^ +at /m)
    await clone.untilNothingRuns()
  },
)

test('a state that can not be written is a sentence and exit 1', patience, async () => {
  writeFileSync(join(clone.root, '.hadal'), 'a file where a folder should be')
  const running = clone.hadal('up', '--once')
  expect(await running.ended).toBe(1)
  expect(running.text()).toMatch(/\.hadal can't be written: .*\. Make room there or allow writing, then start again\./)
})

test('an environment that can not be loaded stops it before anything starts', patience, async () => {
  rmSync(join(clone.root, 'environments'))
  mkdirSync(join(clone.root, 'environments/broken'), { recursive: true })
  const running = clone.hadal('up', '--once')
  expect(await running.ended).toBe(1)
  expect(running.text()).toContain('environments/broken')
  expect(running.text()).not.toMatch(/PostgreSQL|^ +at /m)
})

import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Clone, hasResearcher, makeClone } from './fixtures/clone.ts'
import { statusWithHost } from './fixtures/status-with-host.ts'

const patience = { timeout: 180_000 }

let clone: Clone
beforeEach(() => {
  clone = makeClone()
})
afterEach(() => clone.remove())

test.runIf(hasResearcher)(
  'two starts at the same time: one shows every stage and exits with 0, the other runs until Ctrl-C, and both leave no processes',
  patience,
  async () => {
    // Both commands choose their ports at the same time.
    const other = makeClone()
    onTestFinished(() => other.remove())
    const running = other.hadal(
      'up',
      '--allow-origin',
      'https://chat.example.com',
      '--allow-host',
      'tunnel.example.com',
    )
    const once = clone.hadal('up', '--once')
    expect([await once.ended, once.text()]).toEqual([0, expect.any(String)])
    for (const stage of [
      /✓ \d+ environments rendered/,
      /dev +\d+ objects/,
      /✓ PostgreSQL on port \d+/,
      /✓ database migrated/,
      /✓ agent server on http:\/\/localhost:\d+/,
      /A scripted model answers, because none of ANTHROPIC_API_KEY, OPENAI_API_KEY and MODEL_DEFAULT is set/,
      /plan +\[>\] Note the question/,
      /file +Successfully wrote to '\/notes\//,
      /subagent +document-reader/,
      /· tool +search_documents/,
      /approval +required for write_file \/reports\//,
      /npx hadal approvals approve [0-9a-f]{6,} --url http:\/\/localhost:\d+/,
      /This demonstration approves/,
      /file +Successfully wrote to '\/reports\//,
      /You asked: “/,
      /end +the run is finished/,
    ]) {
      expect(once.text()).toMatch(stage)
    }
    expect(once.text().includes('\u001b')).toBe(false)
    const keyFile = join(clone.root, '.hadal/encryption.key')
    expect(statSync(keyFile).mode & 0o777).toBe(0o600)
    expect(once.text()).not.toContain(readFileSync(keyFile, 'utf8').trim())
    await clone.untilNothingRuns()

    await running.until(/Ctrl-C stops/)
    // Each command used its own server and database: neither thread is in the other database.
    const threadOf = (text: string): string | undefined => /thread +([0-9a-f-]{36})/.exec(text)?.[1]
    const [url] = /http:\/\/localhost:\d+/.exec(running.text()) ?? []
    const found = async (thread: string | undefined): Promise<number> =>
      (await fetch(`${url}/threads/${thread}/state`)).status
    expect([await found(threadOf(running.text())), await found(threadOf(once.text()))]).toEqual([200, 404])
    // A web page can't use the server unless it is on this machine or allowed.
    const fromPage = async (origin: string, type = 'application/json'): Promise<[number, string | null]> => {
      const headers = { origin, 'content-type': type }
      const answer = await fetch(`${url}/threads`, { method: 'POST', headers, body: '{}' })
      return [answer.status, answer.headers.get('access-control-allow-origin')]
    }
    expect(await fromPage('http://localhost:3000')).toEqual([200, 'http://localhost:3000'])
    expect(await fromPage('https://chat.example.com')).toEqual([200, 'https://chat.example.com'])
    expect(await fromPage('https://evil.example')).toEqual([403, null])
    expect((await fromPage('http://localhost:3000', 'text/plain'))[0]).toBe(415)
    expect(await statusWithHost(`${url}/ok`, 'evil.example')).toBe(403)
    expect(await statusWithHost(`${url}/ok`, 'tunnel.example.com')).toBe(200)
    const [curl] = /^curl -sN [\s\S]*?'$/m.exec(running.text()) ?? []
    const [snippet] = /^\(cd packages\/cli && node[\s\S]*?^END$/m.exec(running.text()) ?? []
    const paste = (text: string | undefined): string =>
      execFileSync('bash', ['-c', text ?? 'exit 9'], { cwd: other.root, encoding: 'utf8', timeout: 60_000 })
    expect(paste(curl)).toContain('What is a sync wave?')
    expect(paste(snippet)).toContain('__interrupt__')
    // The clone has no link to the command, which npx would execute.
    const hadal = (line: string | undefined): string =>
      paste(line?.replace('npx hadal', 'node packages/cli/src/main.ts'))
    const [list] = /^npx hadal approvals --url \S+$/m.exec(running.text()) ?? []
    const [approval] = /npx hadal approvals approve \S+ --url \S+$/m.exec(hadal(list)) ?? []
    expect(hadal(approval)).toMatch(/^Approved: write_file on thread /)
    // A second Ctrl-C must not change the outcome.
    running.process.kill('SIGINT')
    running.process.kill('SIGINT')
    expect([await running.ended, running.text()]).toEqual([0, expect.stringContaining('Stopping.')])
    await other.untilNothingRuns()
  },
)

test('shows the error of the server for a broken langgraph.json, and stops all processes', patience, async () => {
  writeFileSync(
    join(clone.root, 'packages/agents/langgraph.json'),
    '{ "graphs": { "researcher": "./absent.ts:agent" } }',
  )
  const running = clone.hadal('up', '--once')
  expect(await running.ended).toBe(1)
  expect(running.text()).toMatch(/graph "researcher" names the module \.\/absent\.ts, but the file \S+ does not exist/)
  expect(running.text()).not.toMatch(/^ +at /m)
  await clone.untilNothingRuns()
})

test('exits with 1 and an error if the state folder can not be written', patience, async () => {
  writeFileSync(join(clone.root, '.hadal'), 'a file where a folder should be')
  const running = clone.hadal('up', '--once')
  expect(await running.ended).toBe(1)
  expect(running.text()).toMatch(/\.hadal can't be written: .*\. Free disk space or allow writing, then start again\./)
})

test('starts nothing if an environment can not be loaded', patience, async () => {
  rmSync(join(clone.root, 'environments'))
  mkdirSync(join(clone.root, 'environments/broken'), { recursive: true })
  const running = clone.hadal('up', '--once')
  expect(await running.ended).toBe(1)
  expect(running.text()).toContain('environments/broken')
  expect(running.text()).not.toMatch(/PostgreSQL|^ +at /m)
})

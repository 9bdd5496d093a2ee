import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { Parts } from './ground/parts.ts'
import { waitUntil } from './ground/wait-until.ts'

test('nothing that a ground started outlives it, even when its own process is killed by a signal that nobody can catch', async () => {
  const starter = spawn(process.execPath, [join(import.meta.dirname, 'ground/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { folder, pids } = await new Promise<{ folder: string; pids: number[] }>((resolve, reject) => {
    starter.stdout.setEncoding('utf8').once('data', (line: string) => resolve(JSON.parse(line)))
    starter.once('exit', (code) => reject(new Error(`It ended with status ${code}.`)))
  })
  expect(pids.length).toBeGreaterThan(5)
  expect(pids.filter(lives)).toEqual(pids)
  expect(existsSync(folder)).toBe(true)

  starter.removeAllListeners('exit').kill('SIGKILL')
  await waitUntil('every part to be gone', () => pids.filter(lives).length === 0, {
    within: 10,
    state: () => pids.filter(lives),
  })
  await waitUntil('its folder to be gone', () => !existsSync(folder), { within: 10 })
})

test('a part that does not come up is named, with the end of its log', async () => {
  const parts = new Parts()
  const script = 'console.error("no room on the disk"); process.exit(3)'
  const failed = parts.start('kube-something', process.execPath, ['-e', script], { ready: async () => false })
  await expect(failed).rejects.toThrow(
    /ground's kube-something did not come up: it ended with status 3\.[\s\S]*no room on the disk/,
  )
  await parts.stop()
  expect(existsSync(parts.folder)).toBe(false)
})

test('a part that never becomes ready is given up after its time', async () => {
  const parts = new Parts()
  const failed = parts.start('kube-sleeper', process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
    ready: async () => false,
    within: 1,
  })
  await expect(failed).rejects.toThrow("The ground's kube-sleeper did not come up: it was not ready within 1 s")
  const [pid] = parts.pids.values()
  await parts.stop()
  expect(pid === undefined || lives(pid)).toBe(false)
})

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

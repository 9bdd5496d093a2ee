// Ends everything that a ground started, and removes its folder, as soon as its standard input closes: whoever started it has then
// stopped, crashed or been killed by a signal that nobody can catch. Stopping a ground on purpose goes the same way.
//
//   node watchdog.ts FOLDER       reads lines: `+PID` a process group that was started, `-PID` one that has ended by itself
import { rm } from 'node:fs/promises'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const folder = process.argv[2]
if (!folder) throw new Error('watchdog: no folder given')

const groups: number[] = []
for await (const line of createInterface({ input: process.stdin })) {
  const group = Number(line.slice(1))
  if (line.startsWith('+')) groups.push(group)
  else groups.splice(groups.indexOf(group), 1)
}

// Killed, not asked: nothing here is worth saving, and an API server that is asked waits for its clients.
for (const group of groups) if (lives(group)) process.kill(-group, 'SIGKILL')
while (groups.some(lives)) await sleep(5)
await rm(folder, { recursive: true, force: true, maxRetries: 5 })

function lives(group: number): boolean {
  try {
    process.kill(-group, 0)
    return true
  } catch {
    return false
  }
}

// Ends all programs of a test cluster and removes its folder as soon as standard input closes: the process that started the cluster has then
// exited, crashed or been killed by SIGKILL. A requested stop of the cluster closes standard input too.
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

// SIGKILL instead of SIGTERM: there is no data to save, and the API server would wait for its clients.
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

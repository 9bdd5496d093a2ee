import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { howTos } from './how-to-page.ts'

/** Returns the first block of the page about charts that contains a text, without its indentation. */
function blockWith(text: string): string {
  const page = readFileSync(join(howTos, 'change-the-charts.md'), 'utf8')
  for (const [, indentation = '', block = ''] of page.matchAll(/^( *)```ts\n([\s\S]*?)^ *```$/gm))
    if (block.includes(text)) return block.replaceAll(new RegExp(`^${indentation}`, 'gm'), '')
  throw new Error(`docs/how-to/change-the-charts.md has no block with "${text}".`)
}

/** Adds the sidecar of "Change the charts" to the agent's pods in a copy of the checkout, with the page's code in the files that it names. */
export function addSidecar(folder: string): void {
  const edit = (file: string, part: string | RegExp, by: (found: string) => string): void => {
    const before = readFileSync(join(folder, file), 'utf8')
    const after = before.replace(part, by)
    if (after === before) throw new Error(`${file} has no ${part}. Change the how-to, or this test.`)
    writeFileSync(join(folder, file), after)
  }
  // What "hadal release pin proxy" writes, which would ask a registry.
  const digest = `sha256:${createHash('sha256').update('proxy').digest('hex')}`
  const foundAt = 'registry registry.example.com, 2026-11-30'
  const pin = { repository: 'registry.example.com/proxy', tag: '1.0', digest, foundAt }
  edit('charts/src/images.json', /\n\}\s*$/, () => `,\n  "proxy": ${JSON.stringify(pin)}\n}\n`)
  edit('packages/platform/src/fixed-resources.ts', /$/, () => `\n${blockWith('proxyResources: Resources')}`)
  const pod = 'charts/src/components/agent/pod.ts'
  for (const line of blockWith('import { proxyResources }').trim().split('\n').toReversed())
    if (!readFileSync(join(folder, pod), 'utf8').includes(line)) edit(pod, /^import /m, (found) => `${line}\n${found}`)
  edit(pod, '    containers: [', (found) => `${blockWith("name: 'proxy'")}\n${found}`)
  const scaleOut = 'packages/platform/src/largest-scale-out.ts'
  edit(scaleOut, '[workload.resources]', () => '[workload.resources, proxyResources]')
  edit(scaleOut, "part: 'migrate', pods: 1, containers: [jobResources]", (found) =>
    found.replace(']', ', proxyResources]'),
  )
  for (const containers of ['[recoveryResources]', '[recoveryResources, scratchDatabaseResources]'])
    edit(scaleOut, containers, (found) => found.replace('recoveryResources', 'recoveryResources, proxyResources'))
  edit(scaleOut, '  poolerResources,\n', (found) => `${found}  proxyResources,\n`)
  execFileSync('biome', ['check', '--write', 'charts/src/images.json', pod, scaleOut], { cwd: folder, stdio: 'ignore' })
}
